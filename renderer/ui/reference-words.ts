// What the reference packs call things, in the present language: call classes, results, sources, relations.
import { useMemo } from 'react'
import { useLive } from '../link/use-live.ts'
import { useLanguage, type Language } from '../text/text.ts'

const useRows = () => useLive('reference', {}).value

type Rows = NonNullable<ReturnType<typeof useRows>>
type Named = 'classes' | 'dispositions' | 'relations' | 'sources'
type Shown<Row> = Omit<Row, 'label'> & { readonly label: string }

/** Lists with their labels; empty until the reference data is here. */
export type ReferenceWords = { readonly [List in Named]: readonly Shown<Rows[List][number]>[] }

/** All lists again as soon as the language or the packs change. */
export function useReferenceWords(): ReferenceWords {
  const language = useLanguage()
  const value = useRows()
  return useMemo(
    () => ({
      classes: inLanguage(value?.classes, language),
      dispositions: inLanguage(value?.dispositions, language),
      relations: inLanguage(value?.relations, language),
      sources: inLanguage(value?.sources, language),
    }),
    [value, language],
  )
}

function inLanguage<Row extends { readonly label: Readonly<Record<Language, string>> }>(
  rows: readonly Row[] = [],
  language: Language,
): readonly Shown<Row>[] {
  return rows.map((row) => ({ ...row, label: row.label[language] }))
}

/** The label of a code; a code that the packs do not have stands as it is. */
export function labelIn(list: readonly { readonly code: string; readonly label: string }[], code: string): string {
  return list.find((one) => one.code === code)?.label ?? code
}
