// Names the tables of the state, and which of them an aggregate owns.

/** Tables of facts by the kind of aggregate that owns their rows; the first column of each is the id of the aggregate. */
export const factTables = {
  call: ['call_event', 'call_act'],
  incident: ['incident_opened', 'note', 'note_strike', 'answer_given'],
  report: ['report_added'],
  relay: ['relay_card', 'relay_event'],
  session: ['session_event', 'operator_state'],
  operator: ['operator_set'],
  export: ['export_made'],
  block: ['block_event'],
} as const satisfies Record<string, readonly string[]>

/** The first column of the tables of one kind bears the name of the kind. */
export type FactKind = keyof typeof factTables

/** Tables of facts that aggregates of every kind share; the first column of each is `aggregate`. */
export const sharedTables: readonly string[] = ['field_set', 'entry_strike']

/** Derived links between incidents that were merged; its first column is the absorbed incident. */
export const linkTable = 'merge_link'

/** Every replicated table: what the state hash covers and what rebuilding empties. */
export const stateTables: readonly string[] = [
  ...sharedTables,
  ...Object.values(factTables).flat(),
  'call',
  'incident',
  linkTable,
  'relay',
  'block',
]
