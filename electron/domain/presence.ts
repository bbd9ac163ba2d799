// Whether somebody is at a desk, as the desk says itself, and which desks therefore sound an alarm. Pure.

/** online: somebody is signed in; locked, signed-out: the program runs and nobody can act; offline: not heard. */
export const presenceStates = ['online', 'locked', 'signed-out', 'offline'] as const
export type PresenceState = (typeof presenceStates)[number]

/** A presence as another program said it; a word of a later version counts as offline, so that nobody relies on that desk. */
export function readPresence(state: unknown): PresenceState {
  return presenceStates.find((known) => known === state) ?? 'offline'
}

export type AlarmPlace = {
  /** This desk's name. */
  readonly member: string
  /** The desk that relayed, or null when it cannot be told. */
  readonly relayedBy: string | null
  /** True when a lead is signed in at this desk. */
  readonly isLead: boolean
  /** Where the relaying desk is, as this desk knows it. */
  readonly relaying: PresenceState
}

/**
 * An alarm is seen at every desk; it sounds at the desk that relayed, at every lead's desk, and everywhere when nobody is at the
 * relaying desk. What is not known sounds: an alarm that nobody hears is worse than one that somebody else hears too.
 */
export function soundsAt({ member, relayedBy, isLead, relaying }: AlarmPlace): boolean {
  return relayedBy === null || relayedBy === member || isLead || relaying !== 'online'
}
