// Where it happened: one field for villages, landmarks, Km and pasted coordinates. What it cannot place stays as the caller's words.
import { useCallback, useRef, type ReactNode } from 'react'
import { recordedPlace } from '#domain/place-value.ts'
import { useText } from '../text/text.ts'
import { useAction } from '../ui/actions.tsx'
import { Combo, type Option } from '../ui/combo.tsx'
import { IconAlertTriangle } from '../ui/icons.ts'
import { KeyCap } from '../ui/key-cap.tsx'
import { plainValue } from './draft.ts'
import { Conflict, FieldFault, toNextField, useIncidentField } from './fields.tsx'
import { usePlaces, type Places } from './places.ts'
import type { FieldDraft } from './use-draft.ts'

/** F6. */
export function PlaceField(): ReactNode {
  const t = useText()
  const input = useRef<HTMLInputElement>(null)
  const places = usePlaces()
  const valueOf = useCallback((text: string) => places.meant(text) ?? plainValue(text), [places])
  const draft = useIncidentField('village', valueOf, places.labelOf)
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
        search={places.search}
        onText={draft.type}
        onPick={pick}
        onLeave={draft.record}
        describedBy="f-village-fault f-village-known"
      />
      <FieldFault id="f-village-fault" draft={draft} />
      <Known draft={draft} places={places} />
      <Conflict show={places.labelOf} draft={draft} />
    </div>
  )
}

/** How precise the recorded place is and in which words it was given; what is wrong with coordinates while they are typed. */
function Known({ draft, places }: { draft: FieldDraft; places: Places }): ReactNode {
  const t = useText()
  const value = draft.row?.value ?? null
  const place = value === null ? null : recordedPlace(value)
  const isShown = value !== null && draft.text === places.labelOf(value)
  const words = (isShown ? place?.said : null) ?? draft.text
  const reasons = places.coordinates(words)?.reasons.filter((reason) => reason !== 'none') ?? []
  const said = isShown && place !== null && place.precision !== 'unknown' ? place.said : null
  return (
    <div id="f-village-known" className="place-known" role="status">
      {isShown && place !== null && (
        <span className="place-precision">
          {t('place.exact', { precision: t(`place.precision.${place.precision}`) })}
        </span>
      )}
      {said !== null && <span className="cut">{t('place.said', { said })}</span>}
      {reasons.map((reason) => (
        <span key={reason} className="warn">
          <IconAlertTriangle className="i" aria-hidden /> {t(`coordinates.${reason}`)}
        </span>
      ))}
    </div>
  )
}
