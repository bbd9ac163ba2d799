// An incident: its fields, its decisions and the status that follows from decisions and relays.
import { z } from 'zod'
import type { RelayStep } from './relay.ts'

export const priorities = ['P1', 'P2', 'P3', 'P4'] as const
export type Priority = (typeof priorities)[number]
export const priority = z.enum(priorities)

/** Fields whose value names nothing personal and lies in the op body. */
export const plainFields = ['type', 'priority', 'decision', 'mergedInto', 'umbrella'] as const
/** Fields whose value is personal and lies only in the personal part. */
export const personalFields = ['village', 'rtRw', 'landmark', 'text'] as const
/** What an operator edits in the form; `decision`, `mergedInto` and `umbrella` have commands of their own. */
export const editableFields = ['type', 'priority', ...personalFields] as const
export const incidentFields = [...plainFields, ...personalFields] as const
export type IncidentField = (typeof incidentFields)[number]
export type EditableField = (typeof editableFields)[number]

const answerPrefix = 'answer:'

/** The field that holds the answer to a question of a protocol. */
export function answerField(question: string): string {
  return `${answerPrefix}${question}`
}

/** The question whose answer a field holds, or null. */
export function questionOfField(field: string): string | null {
  return field.startsWith(answerPrefix) ? field.slice(answerPrefix.length) : null
}

/** Fields of a report, one caller's account; `place` is where that caller says it is. `relation` is not personal, the others are. */
export const reportFields = ['name', 'callback', 'relation', 'words', 'place'] as const
export type ReportField = (typeof reportFields)[number]

/** True when the value of a field must stay out of the op body. */
export function isPersonalField(field: IncidentField | ReportField): boolean {
  return !(plainFields as readonly string[]).includes(field) && field !== 'relation'
}

export const decisions = ['verified', 'postponed', 'cancelled', 'closed', 'reopened'] as const
export type Decision = (typeof decisions)[number]
export const decision = z.enum(decisions)

export const dispositions = [
  'TERTANGANI',
  'NIHIL',
  'DIRUJUK',
  'WARGA',
  'BATAL',
  'DUPLIKAT',
  'INFO',
  'TAKTERHUBUNG',
  'TANPATINDAKAN',
] as const
export type Disposition = (typeof dispositions)[number]
export const disposition = z.enum(dispositions)

export const incidentStatuses = [
  'baru',
  'diverifikasi',
  'diteruskan',
  'diterima',
  'menuju-lokasi',
  'di-lokasi',
  'selesai',
  'ditutup',
  'ditunda',
  'dibatalkan',
  'duplikat',
] as const
export type IncidentStatus = (typeof incidentStatuses)[number]

const statusOfStep: Readonly<Partial<Record<RelayStep, IncidentStatus>>> = {
  acknowledged: 'diterima',
  underWay: 'menuju-lokasi',
  onScene: 'di-lokasi',
  done: 'selesai',
}

/** How far an incident is: the furthest relay leads, "selesai" only when every relay that counts is done. */
function statusOfRelays(steps: readonly RelayStep[]): IncidentStatus | null {
  const live = steps.filter((step) => step !== 'cancelled' && step !== 'refused')
  if (steps.length === 0) return null
  if (live.length > 0 && live.every((step) => step === 'done')) return 'selesai'
  for (const step of ['onScene', 'underWay', 'acknowledged'] as const) {
    if (live.includes(step) || (step === 'onScene' && live.includes('done'))) return statusOfStep[step] ?? null
  }
  return live.length > 0 ? 'diteruskan' : null
}

/**
 * The status of an incident. A decision that ends or parks it wins; otherwise the relays speak; otherwise it is new or verified.
 * `steps` are the present steps of its relays.
 */
export function incidentStatus(facts: {
  decision: Decision | null
  merged: boolean
  steps: readonly RelayStep[]
}): IncidentStatus {
  if (facts.merged) return 'duplikat'
  if (facts.decision === 'closed') return 'ditutup'
  if (facts.decision === 'cancelled') return 'dibatalkan'
  if (facts.decision === 'postponed') return 'ditunda'
  return statusOfRelays(facts.steps) ?? (facts.decision === 'verified' ? 'diverifikasi' : 'baru')
}

/** True while an incident belongs on the board of open incidents. */
export function isOpen(status: IncidentStatus): boolean {
  return status !== 'ditutup' && status !== 'dibatalkan' && status !== 'duplikat'
}

/** The part of a label that is spoken on the radio: "241126-B019" is said "B 019". */
export function spokenLabel(label: string): string {
  const tail = label.slice(label.indexOf('-') + 1)
  return tail.replace(/^([A-Z]+)(\d+)$/, '$1 $2')
}
