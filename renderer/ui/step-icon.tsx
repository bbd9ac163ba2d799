// One icon for each step of a relay and each status of an incident. Always beside a word.
import type { ReactNode } from 'react'
import type { IncidentStatus } from '#domain/incident.ts'
import type { RelayStep } from '#domain/relay.ts'
import {
  IconBan,
  IconCheck,
  IconChecks,
  IconCircleDashed,
  IconCircleX,
  IconInbox,
  IconMapPin,
  IconPlayerPause,
  IconRoute,
  IconSend,
  IconStack2,
} from './icons.ts'

const stepIcons = {
  told: IconSend,
  received: IconInbox,
  acknowledged: IconCheck,
  refused: IconCircleX,
  underWay: IconRoute,
  onScene: IconMapPin,
  done: IconChecks,
  cancelled: IconBan,
} as const satisfies Record<RelayStep, unknown>

const statusIcons = {
  baru: IconCircleDashed,
  diverifikasi: IconCheck,
  diteruskan: IconSend,
  diterima: IconCheck,
  'menuju-lokasi': IconRoute,
  'di-lokasi': IconMapPin,
  selesai: IconChecks,
  ditutup: IconChecks,
  ditunda: IconPlayerPause,
  dibatalkan: IconBan,
  duplikat: IconStack2,
} as const satisfies Record<IncidentStatus, unknown>

/** The icon of a relay's step. */
export function StepIcon({ step }: { step: RelayStep }): ReactNode {
  const Icon = stepIcons[step]
  return <Icon className="i" aria-hidden />
}

/** The icon of an incident's status. */
export function StatusIcon({ status }: { status: IncidentStatus }): ReactNode {
  const Icon = statusIcons[status]
  return <Icon className="i" aria-hidden />
}
