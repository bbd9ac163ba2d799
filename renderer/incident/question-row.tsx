// One question with its answers as buttons. The digits are printed on the answers of the row that has the focus.
import { memo, type ReactNode } from 'react'
import type { Answer, Question } from '#domain/protocol-pack.ts'
import { useLanguage, useText } from '../text/text.ts'
import { IconAlertTriangle } from '../ui/icons.ts'
import { KeyCap } from '../ui/key-cap.tsx'

type Props = {
  readonly question: Question
  /** The code of the answer, null while there is none. */
  readonly given: string | null
  readonly isCurrent: boolean
  /** Two people answered it differently. */
  readonly hasConflict: boolean
  readonly onFocus: (question: string) => void
  readonly onAnswer: (question: string, answer: string) => void
}

/** A row of the list; the arrow keys move between rows, a click answers. */
export const QuestionRow = memo(function QuestionRow(props: Props): ReactNode {
  const t = useText()
  const language = useLanguage()
  const { question, given, isCurrent } = props
  const isCritical = question.answers.some(({ code, critical }) => critical && code === given)
  return (
    <li
      className={`${isCurrent ? 'current' : ''} ${isCritical ? 'crit' : ''}`}
      tabIndex={isCurrent ? 0 : -1}
      data-row={question.id}
      onFocus={() => props.onFocus(question.id)}
    >
      <span className="q cut" title={question.ask[language]}>
        {question.ask[language]}
      </span>
      {props.hasConflict && (
        <span className="warn nowrap">
          <IconAlertTriangle className="i" aria-hidden /> {t('questions.conflict')}
        </span>
      )}
      <span className="answers" role="group" aria-label={question.ask[language]}>
        {question.answers.map((answer, place) => (
          <AnswerButton
            key={answer.code}
            answer={answer}
            digit={String(place + 1)}
            isGiven={answer.code === given}
            onAnswer={() => props.onAnswer(question.id, answer.code)}
          />
        ))}
      </span>
    </li>
  )
})

type AnswerProps = {
  readonly answer: Answer
  readonly digit: string
  readonly isGiven: boolean
  readonly onAnswer: () => void
}

/** A critical answer that was given is red and has an icon; the word stays. */
function AnswerButton({ answer, digit, isGiven, onAnswer }: AnswerProps): ReactNode {
  const language = useLanguage()
  return (
    <button
      type="button"
      tabIndex={-1}
      aria-pressed={isGiven}
      className={isGiven && answer.critical ? 'crit-on' : ''}
      onClick={onAnswer}
    >
      {isGiven && answer.critical && <IconAlertTriangle className="i" aria-hidden />}
      {answer.label[language]} <KeyCap text={digit} />
    </button>
  )
}
