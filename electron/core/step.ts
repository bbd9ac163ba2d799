// The named points between the steps of a commit. Tests end the process at each of them; in the program nothing happens there.
import type { CardStep } from './sync/step.ts'

/** Inside one recorded command, in order: the transaction lies between `begun` and `committed`. */
export const commandSteps = ['begun', 'decided', 'appended', 'replied', 'committed', 'woken'] as const

/** The same where core records by itself: events of the exchange, sign-in. */
export const recordSteps = ['record-begun', 'record-appended', 'record-committed', 'record-woken'] as const

export type Step = (typeof commandSteps)[number] | (typeof recordSteps)[number] | CardStep

/** Called at each point. */
export type AtStep = (step: Step) => void

export const noStep: AtStep = () => undefined
