// The incident type, found by daily words. Choosing one also gives the incident its first priority.
import { useCallback, useRef, type ReactNode } from 'react'
import { useText } from '../text/text.ts'
import { useAction } from '../ui/actions.tsx'
import { Combo, type Option } from '../ui/combo.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { Conflict, FieldFault, toNextField, useIncidentField } from './fields.tsx'
import { useTypes } from './reference.ts'

/** F5. Text for which no type was taken stays as it is typed, but is not recorded as a type. */
export function TypeField(): ReactNode {
  const t = useText()
  const input = useRef<HTMLInputElement>(null)
  const types = useTypes()
  const valueOf = useCallback((text: string) => (text.trim() === '' ? null : undefined), [])
  const show = useCallback((code: string) => `${code}  ${types.labelOf(code)}`, [types])
  const draft = useIncidentField('type', valueOf, show)
  useAction('toType', () => {
    input.current?.focus()
    input.current?.select()
  })
  const pick = (option: Option): void => {
    draft.choose(option.id, show(option.id))
    toNextField(input.current)
  }
  return (
    <div className="field grow" data-field="type">
      <Combo
        label={
          <>
            {t('form.type')} <KeyCap action="toType" />
          </>
        }
        inputRef={input}
        text={draft.text}
        search={types.search}
        onText={draft.type}
        onPick={pick}
        onLeave={draft.record}
        describedBy="f-type-fault"
      />
      <FieldFault id="f-type-fault" draft={draft} />
      <Conflict show={types.labelOf} draft={draft} />
    </div>
  )
}
