// The named points around the one effect outside: a card is due, the broker has taken it. Tests end the process there.
export const cardSteps = ['card-due', 'card-taken'] as const

export type CardStep = (typeof cardSteps)[number]
