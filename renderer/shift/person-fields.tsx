// The lines of a form about an operator or admin, each with what is wrong with it below. Sends nothing itself.
import { useEffect, type ReactNode, type RefObject } from 'react'
import type { Fault } from '#domain/fault.ts'
import { elapsedText } from '../text/format.ts'
import { useText } from '../text/text.ts'
import { useNow } from '../ui/clock.ts'
import { IconLock } from '../ui/icons.ts'
import { useFaultText } from '../ui/messages.tsx'
import { PlainField } from '../ui/plain-field.tsx'

/** As the commands name them; `again` is the PIN once more, which only the form knows. */
export type PersonField = 'recoveryCode' | 'operator' | 'name' | 'pin' | 'again' | 'role' | 'active'

type Props = {
  readonly field: PersonField
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly fault: Fault | null
  readonly isSecret?: boolean
  readonly isFixed?: boolean
}

/** One line of text. */
export function PersonLine({ field, label, value, onChange, fault, isSecret, isFixed }: Props): ReactNode {
  const id = `person-${field}`
  return (
    <div className="field">
      <PlainField
        id={id}
        label={label}
        className={field === 'name' ? '' : 'mono'}
        type={isSecret === true ? 'password' : 'text'}
        inputMode={isSecret === true ? 'numeric' : 'text'}
        readOnly={isFixed === true}
        value={value}
        onText={onChange}
        aria-invalid={fault?.field === field}
        aria-describedby={`${id}-fault`}
      />
      <div id={`${id}-fault`} role="alert">
        <FieldFault field={field} fault={fault} />
      </div>
    </div>
  )
}

/** What was refused about one field; nothing when it was about another. */
export function FieldFault({ field, fault }: { field: PersonField; fault: Fault | null }): ReactNode {
  const t = useText()
  const words = useFaultText()
  if (fault?.field !== field) return null
  switch (fault.fault) {
    case 'invalid':
    case 'field_needed':
    case 'wrong_pin':
      return <p className="fault">{t(`people.wrong.${field}`)}</p>
    case 'already_exists':
      return <p className="fault">{t('people.taken')}</p>
    case 'forbidden':
      return <p className="fault">{t('people.own')}</p>
    case 'locked':
      return <Lock fault={fault} text="people.locked" />
    default:
      return <p className="fault">{words(fault)}</p>
  }
}

/** A lock counts down; core says in `detail` until when it lasts (UTC ms). */
export function Lock({ fault, text }: { fault: Fault; text: 'people.locked' | 'signIn.locked' }): ReactNode {
  const t = useText()
  const now = useNow()
  const words = useFaultText()
  const leftMs = Number(fault.detail ?? 0) - now
  if (!(leftMs > 0)) return <p className="fault">{words(fault)}</p>
  return (
    <p className="fault state">
      <IconLock className="i" aria-hidden /> {t(text, { time: elapsedText(leftMs) })}
    </p>
  )
}

/** What was refused and belongs to no line of the form. */
export function OtherFault({ fault, fields }: { fault: Fault | null; fields: readonly PersonField[] }): ReactNode {
  const words = useFaultText()
  const isShown = fault !== null && !fields.some((field) => field === fault.field)
  return <div role="alert">{isShown && <p className="fault">{words(fault)}</p>}</div>
}

/** Puts the caret where something must be typed again, once for each refusal. */
export function useFaultFocus(form: RefObject<HTMLElement | null>, fault: Fault | null): void {
  useEffect(() => {
    if (fault !== null) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [form, fault])
}
