// Where the priority comes from, in words: the type, the answers, or a person; and what the answers suggest beyond that.
import type { ReactNode } from 'react'
import { useLanguage, useText, type Language } from '../text/text.ts'
import { IconAlertTriangle } from '../ui/icons.ts'
import type { PriorityReason } from './use-questions.ts'

/** More reasons than these say nothing new. */
const mostShown = 2

function becauseText({ because }: PriorityReason, language: Language): string {
  return because
    .slice(0, mostShown)
    .map(({ question, answer }) => `${question.ask[language]} ${answer.label[language]}`)
    .join(' · ')
}

/** One line; nothing while there is no priority. */
export function PriorityWhy({ reason }: { reason: PriorityReason }): ReactNode {
  const t = useText()
  const language = useLanguage()
  const { priority, isDecided, suggested } = reason
  if (priority === null) return null
  const because = becauseText(reason, language)
  if (suggested !== null) {
    const answers = because === '' ? t('questions.byType') : because
    return (
      <p className="why warn" role="status" title={answers}>
        <IconAlertTriangle className="i" aria-hidden />
        <span className="cut">{t('questions.suggested', { suggested, priority, because: answers })}</span>
      </p>
    )
  }
  const text = isDecided
    ? t('questions.decided', { priority })
    : because === ''
      ? t('questions.fromType', { priority })
      : t('questions.because', { priority, because })
  return (
    <p className="why" role="status" title={text}>
      <span className="cut">{text}</span>
    </p>
  )
}
