// What was merged into the incident in hand, or what it was merged into, and the way back; the umbrella mark of a surge.
import type { ReactNode } from 'react'
import type { IncidentId } from '#domain/id.ts'
import { isOpen } from '#domain/incident.ts'
import { useDesk } from '../link/desk.ts'
import { useText } from '../text/text.ts'
import { ActionButton } from '../ui/action-button.tsx'
import { IconAlertTriangle, IconCopy, IconUmbrella } from '../ui/icons.ts'
import { useTell } from '../ui/messages.tsx'
import { useInHand, type IncidentRow } from './in-hand.tsx'

type Props = { readonly onOpen: (incident: IncidentId) => void }

/** Nothing while the incident stands for itself alone. */
export function Merged({ onOpen }: Props): ReactNode {
  const t = useText()
  const { row } = useInHand()
  if (row === null) return null
  if (row.root !== null) return <Absorbed row={row} root={row.root} onOpen={onOpen} />
  if (row.merged.length === 0) return null
  return (
    <div className="merged" role="group" aria-label={t('duplicate.mergedHere', { n: row.merged.length })}>
      <b>
        <IconCopy className="i" aria-hidden /> {t('duplicate.mergedHere', { n: row.merged.length })}
      </b>
      <ul>
        {row.merged.map((one, index) => (
          <MergedOne key={one.incident} one={one} root={row.incident} isLast={index === row.merged.length - 1} />
        ))}
      </ul>
    </div>
  )
}

type OneProps = {
  readonly one: IncidentRow['merged'][number]
  readonly root: IncidentId
  /** The key is for the one that was merged last. */
  readonly isLast: boolean
}

function MergedOne({ one, root, isLast }: OneProps): ReactNode {
  const t = useText()
  const tell = useTell()
  const { core } = useDesk()
  const separate = (): void => void tell(core.call('separateIncident', { incident: one.incident }))
  const read = (): void => void tell(core.call('mergeIncident', { incident: one.incident, into: root }))
  return (
    <li className="line">
      <span className="mono">{one.label}</span>
      {one.hasNews && (
        <>
          <span className="warn state">
            <IconAlertTriangle className="i" aria-hidden /> {t('status.news')}
          </span>
          <button type="button" className="btn small" onClick={read}>
            {t('duplicate.read')}
          </button>
        </>
      )}
      {isLast ? (
        <ActionButton action="separate" className="small" onRun={separate}>
          {t('duplicate.separate')}
        </ActionButton>
      ) : (
        <button type="button" className="btn small" onClick={separate}>
          {t('duplicate.separate')}
        </button>
      )}
    </li>
  )
}

type AbsorbedProps = Props & { readonly row: IncidentRow; readonly root: NonNullable<IncidentRow['root']> }

function Absorbed({ row, root, onOpen }: AbsorbedProps): ReactNode {
  const t = useText()
  const tell = useTell()
  const { core } = useDesk()
  const separate = (): void => void tell(core.call('separateIncident', { incident: row.incident }))
  return (
    <div className="merged" role="group" aria-label={t('duplicate.mergedInto', { label: root.label })}>
      <b>
        <IconCopy className="i" aria-hidden /> {t('duplicate.mergedInto', { label: root.label })}
      </b>
      <div className="line">
        <ActionButton action="lookSuggested" className="small" onRun={() => onOpen(root.incident)}>
          {t('duplicate.openRoot')}
        </ActionButton>
        <ActionButton action="separate" className="small" onRun={separate}>
          {t('duplicate.separate')}
        </ActionButton>
      </div>
    </div>
  )
}

/** Callers of a surge are added with one key to an incident that bears this mark. */
export function UmbrellaButton({ row }: { row: IncidentRow }): ReactNode {
  const t = useText()
  const tell = useTell()
  const { core } = useDesk()
  if (!isOpen(row.status)) return null
  const set = (): void => void tell(core.call('setUmbrella', { incident: row.incident, on: !row.isUmbrella }))
  return (
    <ActionButton
      action="umbrella"
      className="small"
      icon={<IconUmbrella className="i" aria-hidden />}
      isPressed={row.isUmbrella}
      onRun={set}
    >
      {t('duplicate.umbrellaShort')}
    </ActionButton>
  )
}
