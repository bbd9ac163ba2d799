// Questions above status and notes; where the window is small, questions and notes are two tabs.
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { clockText } from '#domain/time.ts'
import { useInHand } from '../incident/in-hand.tsx'
import { Notes } from '../incident/notes.tsx'
import { Questions } from '../incident/questions.tsx'
import { Status } from '../incident/status.tsx'
import { useQuestions } from '../incident/use-questions.ts'
import { useLive } from '../link/use-live.ts'
import { useText } from '../text/text.ts'
import { useAction } from '../ui/actions.tsx'
import { KeyCap } from '../ui/key-cap.tsx'
import { useAddPaper } from './use-add-paper.tsx'
import { useCompact } from './use-compact.ts'

type Tab = 'questions' | 'notes'
const targets = { questions: '.questions [tabindex="0"]', notes: '#note' } as const

/** The middle of the call screen. */
export function MiddleColumn(): ReactNode {
  const isCompact = useCompact()
  const paper = useAddPaper()
  return (
    <>
      {isCompact ? (
        <Tabbed extra={paper.button} />
      ) : (
        <div className="middle">
          <Questions />
          <Status />
          <Notes extra={paper.button} />
        </div>
      )}
      {paper.form}
    </>
  )
}

/** The key of the hidden panel brings it up and goes into it; the other panel keeps what is typed in it. */
function Tabbed({ extra }: { extra: ReactNode }): ReactNode {
  const t = useText()
  const { row } = useInHand()
  const facts = useQuestions()
  const [tab, setTab] = useState<Tab>('questions')
  const wanted = useRef<Tab | null>(null)
  useEffect(() => {
    if (wanted.current === null) return
    document.querySelector<HTMLElement>(targets[wanted.current])?.focus()
    wanted.current = null
  })
  const goTo = (to: Tab) => (): void => {
    wanted.current = to
    setTab(to)
  }
  useAction('toQuestions', tab === 'questions' ? null : goTo('questions'))
  useAction('toNote', tab === 'notes' ? null : goTo('notes'))
  const hidden = (one: Tab): string => (one === tab ? 'tab-panel' : 'tab-panel hidden-tab')
  return (
    <div className="middle">
      <div className="tabs" role="group" aria-label={t('tabs.middle')}>
        <button type="button" aria-pressed={tab === 'questions'} onClick={() => setTab('questions')}>
          {t('tabs.questions')} <KeyCap action="toQuestions" />
        </button>
        <button type="button" aria-pressed={tab === 'notes'} onClick={() => setTab('notes')}>
          {t('tabs.notes')} <b>{row?.notes.length ?? 0}</b> <KeyCap action="toNote" />
        </button>
        {facts !== null && (
          <span className="tab-note cut">
            {t('questions.count', { asked: facts.compliance.asked, due: facts.compliance.due })}
          </span>
        )}
      </div>
      <div className={hidden('questions')}>
        <Questions />
      </div>
      <div className={hidden('notes')}>
        <Notes extra={extra} />
      </div>
      {tab === 'questions' && <LastNote />}
      <Status />
    </div>
  )
}

/** The newest note, so that nobody writes it twice. */
function LastNote(): ReactNode {
  const { row } = useInHand()
  const { value: station } = useLive('station', {})
  const note = row?.notes.findLast(({ struck }) => struck === null)
  if (note === undefined || station === undefined) return null
  return (
    <p className="panel last-note">
      <time>{clockText(note.at, station.zone)}</time>
      <span className="cut grow">{note.text}</span>
      <KeyCap action="toNote" />
    </p>
  )
}
