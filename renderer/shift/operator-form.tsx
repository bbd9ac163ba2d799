// One operator, new or to be changed. Enter saves; Esc is the sheet's, it goes back to the list.
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { fault, isFault, type Fault } from '#domain/fault.ts'
import { roles, type Role } from '#domain/operator.ts'
import { useCommand } from '../link/use-command.ts'
import { useText } from '../text/text.ts'
import { FieldFault, OtherFault, PersonLine, useFaultFocus } from './person-fields.tsx'

type Person = { readonly operator: string; readonly name: string; readonly role: Role; readonly isActive: boolean }
type Values = {
  readonly operator: string
  readonly name: string
  readonly role: Role
  readonly active: boolean
  readonly pin: string
  readonly again: string
}
type Props = {
  /** Null makes a new operator. */
  readonly person: Person | null
  readonly others: readonly Person[]
  readonly onDone: (operator: string) => void
  readonly onStop: () => void
}
const lines = ['operator', 'name', 'pin', 'again'] as const
const fields = [...lines, 'role', 'active'] as const

/** What can be seen without asking core: the two PINs, and a code that would change somebody else. */
function checked(values: Values, { person, others }: Props): Fault | null {
  const isTaken = others.some(({ operator }) => operator === values.operator)
  if (person === null && isTaken) return fault('already_exists', { field: 'operator' })
  return values.pin === values.again ? null : fault('invalid', { field: 'again' })
}

/** An empty PIN keeps the old one. */
export function OperatorForm(props: Props): ReactNode {
  const { person, onDone, onStop } = props
  const t = useText()
  const form = useRef<HTMLFormElement>(null)
  const save = useCommand('setOperator')
  const [values, setValues] = useState<Values>({
    operator: person?.operator ?? '',
    name: person?.name ?? '',
    role: person?.role ?? 'operator',
    active: person?.isActive ?? true,
    pin: '',
    again: '',
  })
  const [refused, setRefused] = useState<Fault | null>(null)
  useEffect(() => form.current?.querySelector<HTMLElement>('input:not([readonly])')?.focus(), [])
  useFaultFocus(form, refused)
  const submit = async (): Promise<void> => {
    const { again: _again, ...typed } = { ...values, operator: values.operator.trim().toLowerCase() }
    const wrong = checked({ ...values, ...typed }, props)
    if (wrong !== null) return setRefused(wrong)
    const reply = await save.run({ ...typed, pin: typed.pin === '' ? null : typed.pin })
    if (isFault(reply)) setRefused(reply)
    else onDone(typed.operator)
  }
  return (
    <form
      ref={form}
      className="pin-form"
      onSubmit={(event) => {
        event.preventDefault()
        void submit()
      }}
    >
      {lines.map((line) => (
        <PersonLine
          key={line}
          field={line}
          label={line === 'pin' && person !== null ? t('people.newPin') : t(`signIn.admin.${line}`)}
          value={values[line]}
          isSecret={line === 'pin' || line === 'again'}
          isFixed={line === 'operator' && person !== null}
          fault={refused}
          onChange={(value) => setValues({ ...values, [line]: value })}
        />
      ))}
      <RoleChoice role={values.role} fault={refused} onChoose={(role) => setValues({ ...values, role })} />
      <div className="field">
        <label className="check">
          <input
            type="checkbox"
            checked={values.active}
            aria-invalid={refused?.field === 'active'}
            onChange={(event) => setValues({ ...values, active: event.target.checked })}
          />
          <span>{t('people.mayEnter')}</span> <kbd>Space</kbd>
        </label>
        <div role="alert">
          <FieldFault field="active" fault={refused} />
        </div>
      </div>
      <OtherFault fault={refused} fields={fields} />
      <div className="line">
        <button type="submit" className="btn primary" disabled={save.isRunning}>
          {t('people.save')} <kbd>Enter</kbd>
        </button>
        <button type="button" className="btn" onClick={onStop}>
          {t('common.stop')} <kbd>Esc</kbd>
        </button>
      </div>
    </form>
  )
}

type RoleProps = { readonly role: Role; readonly fault: Fault | null; readonly onChoose: (role: Role) => void }

function RoleChoice({ role, fault: refused, onChoose }: RoleProps): ReactNode {
  const t = useText()
  return (
    <fieldset className="roles">
      <legend>
        {t('people.column.role')} <kbd>← →</kbd>
      </legend>
      {roles.map((one) => (
        <label key={one} className={role === one ? 'check chosen' : 'check'}>
          <input
            type="radio"
            name="role"
            checked={role === one}
            aria-invalid={role === one && refused?.field === 'role'}
            onChange={() => onChoose(one)}
          />
          <span>{t(`role.${one}`)}</span>
        </label>
      ))}
      <div role="alert">
        <FieldFault field="role" fault={refused} />
      </div>
    </fieldset>
  )
}
