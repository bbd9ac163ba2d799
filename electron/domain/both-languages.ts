// Words of a reference pack in both languages of the screen: Indonesian always, English where the pack gives it.
import { z } from 'zod'

export type BothLanguages = { readonly id: string; readonly en: string }

/** Without English the Indonesian words stand in both languages. */
export const bothLanguages = (text: z.ZodType<string>) =>
  z.strictObject({ id: text, en: text.optional() }).transform(({ id, en }): BothLanguages => ({ id, en: en ?? id }))
