// The lines of the paper form that repeat: agencies told by phone, and notes with their time. One free line stands below the used ones.
import { useId, type ReactNode } from 'react'
import { useText } from '../text/text.ts'
import { PaperField, PaperSelect, type PaperInput } from './paper-field.tsx'
import { rowCount } from './paper-text.ts'

const places = (count: number): number[] => Array.from({ length: count }, (_, place) => place)

type ToldProps = PaperInput & { readonly agencies: readonly { readonly code: string; readonly label: string }[] }

/** Who was told by phone then, at what time, who took it, and whether it was read back. */
export function ToldRows({ agencies, ...input }: ToldProps): ReactNode {
  const t = useText()
  return (
    <fieldset>
      <legend>{t('paper.told')}</legend>
      {places(rowCount(input.texts, 'told', 20)).map((row) => (
        <div key={row} className="row">
          <PaperSelect
            {...input}
            field={`told.${row}.agency`}
            label={t('paper.agency')}
            className="wide"
            options={agencies}
            hasNone
          />
          <PaperField {...input} field={`told.${row}.clock`} label={t('paper.at')} className="short" />
          <PaperField {...input} field={`told.${row}.person`} label={t('paper.person')} className="wide" />
          <ReadBack {...input} field={`told.${row}.readBack`} />
        </div>
      ))}
    </fieldset>
  )
}

function ReadBack({ texts, set, field }: PaperInput & { readonly field: string }): ReactNode {
  const t = useText()
  const id = useId()
  return (
    <div className="field read-back">
      <label htmlFor={id}>{t('paper.readBack')}</label>
      <input
        id={id}
        type="checkbox"
        checked={texts[field] === 'ya'}
        onChange={(event) => set({ [field]: event.target.checked ? 'ya' : '' })}
      />
    </div>
  )
}

/** What was noted down, with its time. */
export function NoteRows(input: PaperInput): ReactNode {
  const t = useText()
  return (
    <fieldset>
      <legend>{t('paper.notes')}</legend>
      {places(rowCount(input.texts, 'notes', 50)).map((row) => (
        <div key={row} className="row">
          <PaperField {...input} field={`notes.${row}.clock`} label={t('paper.at')} className="short" />
          <PaperField {...input} field={`notes.${row}.text`} label={t('paper.note')} className="wide" />
        </div>
      ))}
    </fieldset>
  )
}
