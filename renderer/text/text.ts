// The words on the screen: Indonesian is the source, English the second language. Holds no data of a call.
import { createInstance, type i18n } from 'i18next'
import { createContext, use } from 'react'
import en from './en.json' with { type: 'json' }
import id from './id.json' with { type: 'json' }

type Leaves<T, Path extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${Path}${K}` : Leaves<T[K], `${Path}${K}.`>
}[keyof T & string]

/** The name of one text; a misspelt one does not compile. */
export type TextKey = Leaves<typeof id>
export type TextValues = Readonly<Record<string, string | number>>
export type Translate = (key: TextKey, values?: TextValues) => string

export const languages = ['id', 'en'] as const
export type Language = (typeof languages)[number]

/** A dictionary of its own for each window, ready at once: nothing is fetched. */
export function createTexts(language: Language): i18n {
  const texts = createInstance()
  void texts.init({
    lng: language,
    fallbackLng: 'id',
    initAsync: false,
    resources: { id: { translation: id }, en: { translation: en } },
    interpolation: { escapeValue: false },
  })
  return texts
}

/** What one window speaks; a new value, and all words drawn again, when the language changes. */
export type Speech = {
  readonly translate: Translate
  readonly language: Language
  readonly setLanguage: (language: Language) => void
}

export const SpeechContext = createContext<Speech | null>(null)

/** The language of the window and how to change it. */
export function useSpeech(): Speech {
  const speech = use(SpeechContext)
  if (speech === null) throw new Error('no texts around this component')
  return speech
}

/** The translator of the present language. */
export function useText(): Translate {
  return useSpeech().translate
}

/** The present language. */
export function useLanguage(): Language {
  return useSpeech().language
}
