// The words on the screen: Indonesian is the source, English the second language. Holds no data of a call.
import { createInstance, type i18n } from 'i18next'
import { initReactI18next, useTranslation } from 'react-i18next'
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
  void texts.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'id',
    initAsync: false,
    resources: { id: { translation: id }, en: { translation: en } },
    interpolation: { escapeValue: false },
  })
  return texts
}

/** The translator of the present language. */
export function useText(): Translate {
  const { t } = useTranslation()
  return t as unknown as Translate
}

/** The present language. */
export function useLanguage(): Language {
  const { i18n } = useTranslation()
  return i18n.language === 'en' ? 'en' : 'id'
}
