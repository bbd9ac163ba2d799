// Gives one window its words. One subscription for all components: a thousand of their own cost more than what they draw.
import type { i18n } from 'i18next'
import { useMemo, useSyncExternalStore, type ReactNode } from 'react'
import { SpeechContext, type Speech, type Translate } from './text.ts'

type Props = { readonly texts: i18n; readonly children: ReactNode }

/** Everything inside speaks the language of `texts` and is drawn again when that changes. */
export function TextsProvider({ texts, children }: Props): ReactNode {
  const language = useSyncExternalStore(
    (listener) => {
      texts.on('languageChanged', listener)
      return () => texts.off('languageChanged', listener)
    },
    () => (texts.language === 'en' ? 'en' : 'id'),
  )
  const speech = useMemo<Speech>(
    () => ({
      translate: texts.getFixedT(language) as unknown as Translate,
      language,
      setLanguage: (chosen) => void texts.changeLanguage(chosen),
    }),
    [texts, language],
  )
  return <SpeechContext value={speech}>{children}</SpeechContext>
}
