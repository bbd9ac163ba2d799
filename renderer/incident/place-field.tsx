// The village of an incident, found with typing errors and abbreviations. Text that names none is kept as it is.
import { useCallback, useRef, type ReactNode } from 'react'
import { useText } from '../text/text.ts'
import { useAction } from '../ui/actions.tsx'
import { Combo, type Option } from '../ui/combo.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { plainValue } from './draft.ts'
import { Conflict, FieldFault, toNextField, useIncidentField } from './fields.tsx'
import { useVillages } from './reference.ts'

/** F6. */
export function PlaceField(): ReactNode {
  const t = useText()
  const input = useRef<HTMLInputElement>(null)
  const villages = useVillages()
  // A text that is exactly a village's label means that village, typed or picked.
  const valueOf = useCallback(
    (text: string) => {
      const exact = villages.search(text).find(({ name }) => name.toLowerCase() === text.trim().toLowerCase())
      return exact?.id ?? plainValue(text)
    },
    [villages],
  )
  const draft = useIncidentField('village', valueOf, villages.labelOf)
  useAction('toPlace', () => {
    input.current?.focus()
    input.current?.select()
  })
  const pick = (option: Option): void => {
    draft.choose(option.id, option.name)
    toNextField(input.current)
  }
  return (
    <div className="field grow" data-field="village">
      <Combo
        label={
          <>
            {t('form.village')} <KeyCap action="toPlace" />
          </>
        }
        inputRef={input}
        text={draft.text}
        search={villages.search}
        onText={draft.type}
        onPick={pick}
        onLeave={draft.record}
        describedBy="f-village-fault"
      />
      <FieldFault id="f-village-fault" draft={draft} />
      <Conflict show={villages.labelOf} draft={draft} />
    </div>
  )
}
