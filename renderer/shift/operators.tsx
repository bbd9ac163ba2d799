// The admin's list of operators: who may sign in here, in which role, who is locked. Core decides what may be changed.
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import type { QueryOutput } from '#contract/queries.ts'
import { useLive } from '../link/use-live.ts'
import { elapsedText } from '../text/format.ts'
import { useText } from '../text/text.ts'
import { isKeyOf } from '../ui/actions.tsx'
import { useNow } from '../ui/clock.ts'
import { IconBan, IconCheck, IconChevronRight, IconLock } from '../ui/icons.ts'
import { KeyCap } from '../ui/key-cap.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { useRows } from '../ui/use-rows.ts'
import { OperatorForm } from './operator-form.tsx'
import { NewRecoveryCode } from './recovery-code.tsx'

export type Operator = QueryOutput<'operators'>[number]
/** An operator who is changed, a new one, or a new recovery code. */
type Editing = Operator | 'new' | 'code'
const columns = ['code', 'name', 'role', 'state'] as const

/** Ctrl+O, for the role admin. In the list Enter changes, T adds, K makes a new recovery code where there is one. */
export function Operators({ onClose }: { onClose: () => void }): ReactNode {
  const t = useText()
  const rows = useLive('operators', {}).value ?? []
  const [editing, setEditing] = useState<Editing | null>(null)
  const [at, setAt] = useState<string | null>(null)
  const [saved, setSaved] = useState<string | null>(null)
  const edit = (what: Editing): void => {
    setSaved(null)
    setEditing(what)
  }
  const done = (operator: string): void => {
    setEditing(null)
    setAt(operator)
    setSaved(operator)
  }
  const stop = (): void => setEditing(null)
  const title = useTitle(editing)
  return (
    <Sheet title={title} onClose={editing === null ? onClose : stop} className="operators">
      {editing === null ? (
        <List rows={rows} at={at} onMove={setAt} onEdit={edit} />
      ) : editing === 'code' ? (
        <NewRecoveryCode onDone={stop} />
      ) : (
        <OperatorForm person={editing === 'new' ? null : editing} others={rows} onDone={done} onStop={stop} />
      )}
      <p role="status" className="saved">
        {saved !== null && (
          <>
            <IconCheck className="i ok" aria-hidden /> {t('people.saved', { code: saved })}
          </>
        )}
      </p>
    </Sheet>
  )
}

function useTitle(editing: Editing | null): string {
  const t = useText()
  if (editing === null) return t('people.title')
  if (editing === 'code') return t('people.recovery.title')
  return editing === 'new' ? t('people.add') : t('people.edit', { code: editing.operator })
}

type ListProps = {
  readonly rows: readonly Operator[]
  readonly at: string | null
  readonly onMove: (operator: string) => void
  readonly onEdit: (what: Editing) => void
}

function List({ rows, at, onMove, onEdit }: ListProps): ReactNode {
  const t = useText()
  const table = useRef<HTMLTableElement>(null)
  const current = rows.find(({ operator }) => operator === at) ?? rows[0]
  const code = current?.operator ?? null
  // In trial mode nobody needs a way back in.
  const hasCode = useLive('station', {}).value?.isTrial === false
  const { onKeyDown } = useRows(rows, ({ operator }) => operator, code, onMove, table)
  useEffect(() => {
    // A new operator's row may come a moment after the reply.
    if (at !== null && at !== code) return
    const { activeElement } = document
    // The focus comes along inside the sheet; from elsewhere only the operator takes it away.
    const isHere = activeElement === document.body || activeElement?.closest('.operators') !== null
    if (isHere) table.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus()
  }, [at, code])
  const onKey = (event: KeyboardEvent): void => {
    const what = editedBy(event, current, hasCode)
    if (what === undefined) return onKeyDown(event)
    event.preventDefault()
    onEdit(what)
  }
  return (
    <>
      <div className="scroll">
        <table ref={table} role="grid" aria-label={t('people.title')} onKeyDown={onKey}>
          <thead>
            <tr>
              {columns.map((name) => (
                <th key={name} scope="col" className={`p-${name}`}>
                  {t(`people.column.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row
                key={row.operator}
                row={row}
                isCursor={row.operator === code}
                onFocus={() => onMove(row.operator)}
                onEdit={() => onEdit(row)}
              />
            ))}
          </tbody>
        </table>
      </div>
      <div className="acts">
        {current !== undefined && (
          <button type="button" className="btn" onClick={() => onEdit(current)}>
            {t('people.edit', { code: current.operator })} <KeyCap action="editOperator" />
          </button>
        )}
        <button type="button" className="btn" onClick={() => onEdit('new')}>
          {t('people.add')} <KeyCap action="addOperator" />
        </button>
        {hasCode && (
          <button type="button" className="btn" onClick={() => onEdit('code')}>
            {t('people.recovery.title')} <KeyCap action="newRecoveryCode" />
          </button>
        )}
      </div>
    </>
  )
}

function editedBy(event: KeyboardEvent, current: Operator | undefined, hasCode: boolean): Editing | undefined {
  if (isKeyOf('addOperator', event)) return 'new'
  if (hasCode && isKeyOf('newRecoveryCode', event)) return 'code'
  return isKeyOf('editOperator', event) ? current : undefined
}

type RowProps = {
  readonly row: Operator
  readonly isCursor: boolean
  readonly onFocus: () => void
  readonly onEdit: () => void
}

function Row({ row, isCursor, onFocus, onEdit }: RowProps): ReactNode {
  const t = useText()
  return (
    <tr
      className={isCursor ? 'cursor' : ''}
      tabIndex={isCursor ? 0 : -1}
      data-row={row.operator}
      onFocus={onFocus}
      onClick={onEdit}
    >
      <td className="mono">
        {isCursor && <IconChevronRight className="i chevron" aria-hidden />}
        {row.operator}
      </td>
      <td title={row.name}>{row.name}</td>
      <td>{t(`role.${row.role}`)}</td>
      <td>
        <State row={row} />
      </td>
    </tr>
  )
}

function State({ row }: { row: Operator }): ReactNode {
  const t = useText()
  const now = useNow()
  const lockedMs = (row.lockedUntil ?? 0) - now
  if (!row.isActive) {
    return (
      <span className="dim">
        <IconBan className="i" aria-hidden /> {t('people.inactive')}
      </span>
    )
  }
  if (lockedMs <= 0) return t('people.active')
  return (
    <span className="warn">
      <IconLock className="i" aria-hidden /> {t('people.lockedFor', { time: elapsedText(lockedMs) })}
    </span>
  )
}
