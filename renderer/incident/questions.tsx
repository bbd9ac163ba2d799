// The questions of the protocol: one row each, digits answer the focused one, Down or Enter goes on. It never blocks going on.
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode, type RefObject } from 'react'
import type { Question } from '#domain/protocol-pack.ts'
import { useLanguage, useText } from '../text/text.ts'
import { isKeyOf, useAction } from '../ui/actions.tsx'
import { IconAlertTriangle, IconSpeakerphone } from '../ui/icons.ts'
import { KeyCap } from '../ui/key-cap.tsx'
import { useRows } from '../ui/use-rows.ts'
import { useInHand } from './in-hand.tsx'
import { PriorityWhy } from './priority-why.tsx'
import { QuestionRow } from './question-row.tsx'
import { useAnswer, useQuestions, type Questions as Facts } from './use-questions.ts'

/** The zone "Questions". */
export function Questions(): ReactNode {
  const { incident } = useInHand()
  const facts = useQuestions()
  return facts === null ? null : <Panel key={incident} facts={facts} />
}

function Panel({ facts }: { facts: Facts }): ReactNode {
  const list = useRef<HTMLOListElement>(null)
  const [at, setAt] = useState<string | null>(null)
  const { asked, compliance } = facts
  const open = compliance.missed[0]?.id ?? asked[0]?.id ?? null
  // What is read aloud takes room from the list: the row that has the focus stays in sight.
  useEffect(() => {
    const row = document.activeElement?.closest('.questions li')
    if (row instanceof HTMLElement && list.current?.contains(row) === true) scrollTo(list.current, row)
  })
  const current = asked.some(({ id }) => id === at) ? at : open
  useAction('toQuestions', () => {
    setAt(open)
    list.current?.querySelector<HTMLElement>(`[data-row="${open}"]`)?.focus()
  })
  return (
    <section className="panel questions" aria-labelledby="h-questions">
      <Head facts={facts} />
      <List list={list} facts={facts} current={current} onMove={setAt} />
      <More facts={facts} />
      <PriorityWhy reason={facts.reason} />
      <Spoken facts={facts} current={current} />
    </section>
  )
}

function scrollTo(list: HTMLElement, row: HTMLElement): void {
  const above = row.offsetTop - list.offsetTop
  const below = above + row.offsetHeight - list.clientHeight
  if (list.scrollTop > above) list.scrollTop = above
  else if (list.scrollTop < below) list.scrollTop = below
}

function Head({ facts }: { facts: Facts }): ReactNode {
  const t = useText()
  const { protocol, compliance } = facts
  return (
    <div className="head">
      <h2 id="h-questions" className="cut">
        {t('questions.title', { code: protocol.code })}
      </h2>
      <KeyCap action="toQuestions" />
      <span className="grow" />
      <Progress facts={facts} />
      <span className="nowrap" role="status">
        {t('questions.count', { asked: compliance.asked, due: compliance.due })}
      </span>
    </div>
  )
}

/** How much is left, and which version of the questions this is. */
function More({ facts }: { facts: Facts }): ReactNode {
  const t = useText()
  const { version, otherVersion, compliance } = facts
  return (
    <div className="more">
      <span className="nowrap">{t('questions.left', { n: compliance.missed.length })}</span>
      <span className={otherVersion === null ? 'dim cut' : 'warn cut'}>
        {t('questions.version', { version })}
        {otherVersion !== null && `, ${t('questions.otherVersion', { version: otherVersion })}`}
      </span>
      <span className="dim nowrap">{t('questions.hint')}</span>
    </div>
  )
}

function Progress({ facts }: { facts: Facts }): ReactNode {
  return (
    <span className="progress" aria-hidden>
      {facts.asked.map(({ id }) => {
        const answer = facts.given.get(id)?.answer
        return <i key={id} className={answer === undefined ? '' : answer.critical ? 'c' : 'd'} />
      })}
    </span>
  )
}

type ListProps = {
  readonly list: RefObject<HTMLOListElement | null>
  readonly facts: Facts
  readonly current: string | null
  readonly onMove: (question: string) => void
}

function List({ list, facts, current, onMove }: ListProps): ReactNode {
  const t = useText()
  const give = useAnswer()
  const { asked } = facts
  const { onKeyDown, isCurrent } = useRows(asked, ({ id }) => id, current, onMove, list)
  const onKey = (event: KeyboardEvent): void => {
    const question = asked.find(({ id }) => id === current)
    const digit = question === undefined ? null : digitOf(event, question)
    if (question !== undefined && digit !== null) {
      event.preventDefault()
      give(question.id, digit)
    } else if (question !== undefined && isKeyOf('takeAnswerBack', event)) give(question.id, null)
    else onKeyDown(isKeyOf('nextQuestion', event) ? asArrowDown(event) : event)
  }
  return (
    <ol ref={list} aria-label={t('questions.list')} onKeyDown={onKey}>
      {asked.map((question) => (
        <QuestionRow
          key={question.id}
          question={question}
          given={facts.answers[question.id] ?? null}
          isCurrent={isCurrent(question)}
          hasConflict={facts.conflicts.has(question.id)}
          onFocus={onMove}
          onAnswer={give}
        />
      ))}
    </ol>
  )
}

/** The answer that a digit of the row or of the number pad means, or null. */
function digitOf(event: KeyboardEvent, { answers }: Question): string | null {
  if (event.ctrlKey || event.altKey || event.shiftKey || event.metaKey) return null
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1]
  return digit === undefined ? null : (answers[Number(digit) - 1]?.code ?? null)
}

/** Enter goes on like the arrow. */
function asArrowDown(event: KeyboardEvent): KeyboardEvent {
  event.preventDefault()
  return { ...event, key: 'ArrowDown', preventDefault: () => undefined }
}

/**
 * What to read aloud: of the row that is focused, else the most important of what was answered. It is said in Indonesian,
 * whatever the language of the screen; English is there to be understood.
 */
function Spoken({ facts, current }: { facts: Facts; current: string | null }): ReactNode {
  const t = useText()
  const language = useLanguage()
  const own = current === null ? undefined : facts.given.get(current)?.answer.say
  const text = own ?? facts.spoken[0]
  if (text === undefined) return null
  return (
    <div className="say" role="status">
      <IconSpeakerphone className="i" aria-hidden />
      <div>
        <span className="label">
          <b>{t('questions.readAloud')}</b>
          {facts.isProposal && ` · ${t('questions.proposal')}`}
        </span>
        <p lang="id">“{text.id}”</p>
        {text[language] !== text.id && <p className="dim">{text[language]}</p>}
      </div>
    </div>
  )
}

/** How many of the questions that should have been asked were asked, and which critical ones were not. */
export function ComplianceLine(): ReactNode {
  const t = useText()
  const language = useLanguage()
  const facts = useQuestions()
  if (facts === null) return null
  const { asked, due, missedCritical } = facts.compliance
  return (
    <p className="compliance" role="status">
      <span>{t('questions.compliance', { asked, due })}</span>
      {missedCritical.length > 0 && (
        <span className="warn">
          <IconAlertTriangle className="i" aria-hidden />{' '}
          {t('questions.missedCritical', { questions: missedCritical.map(({ ask }) => ask[language]).join(' · ') })}
        </span>
      )}
    </p>
  )
}
