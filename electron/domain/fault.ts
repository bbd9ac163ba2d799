// The closed list of refusals. A refusal is a value that travels to the screen, never a throw.

/** Every reason a command can be refused for. The words an operator reads are in renderer/text. */
export const faultCodes = [
  'invalid',
  'not_signed_in',
  'session_expired',
  'forbidden',
  'wrong_pin',
  'locked',
  'not_found',
  'already_exists',
  'wrong_state',
  'number_protected',
  'number_has_incident',
  'prompts_needed',
  'prompts_lost',
  'prompt_too_early',
  'field_needed',
  'bad_number',
  'bad_clock',
  'time_in_future',
  'time_too_old',
  'time_before',
  'changed_meanwhile',
  'undo_changed',
  'undo_built_on',
  'undo_outside',
  'undo_fact',
  'undo_too_old',
  'exchange_refused',
  'exchange_unreachable',
  'no_connection',
  'disk_full',
  'read_only',
  'database_failed',
  'too_large',
  'core_restarted',
] as const

export type FaultCode = (typeof faultCodes)[number]

/** `field` names the input at fault, `detail` is a short fact for the screen or log (no personal data). */
export type Fault = { readonly fault: FaultCode; readonly field?: string; readonly detail?: string }

/** Makes a refusal. */
export function fault(code: FaultCode, more: { field?: string; detail?: string } = {}): Fault {
  return { fault: code, ...more }
}

/** True for a refusal, false for any other reply. */
export function isFault(value: unknown): value is Fault {
  return typeof value === 'object' && value !== null && typeof (value as { fault?: unknown }).fault === 'string'
}

/** Compile-time proof that a switch covers every case. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`)
}
