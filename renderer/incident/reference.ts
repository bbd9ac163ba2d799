// Types ready to be searched and shown. Prepared once for the whole window: dozens of rows ask for them.
import { useMemo } from 'react'
import { createTypeIndex, searchTypes, type TypeIndex } from '#domain/type-search.ts'
import type { QueryOutput } from '#contract/queries.ts'
import { useLive } from '../link/use-live.ts'
import { useLanguage, type Language } from '../text/text.ts'
import type { Option } from '../ui/combo.tsx'

type Reference = QueryOutput<'reference'>
type Type = Reference['types'][number]
type Prepared = {
  readonly types: TypeIndex<Type>
  readonly typeOf: ReadonlyMap<string, Type>
}

const prepared = new WeakMap<Reference, Prepared>()

function prepare(reference: Reference): Prepared {
  const known = prepared.get(reference)
  if (known !== undefined) return known
  const { types, fillers, synonyms } = reference
  const made: Prepared = {
    types: createTypeIndex(types, { fillers, synonyms }),
    typeOf: new Map(types.map((type) => [type.code, type])),
  }
  prepared.set(reference, made)
  return made
}

function usePrepared(): Prepared | null {
  const { value } = useLive('reference', {})
  return value === undefined ? null : prepare(value)
}

/** What a field needs of its suggestions. */
export type Suggesting = {
  /** A recorded value as people read it; what is not known is shown as it stands. */
  readonly labelOf: (value: string) => string
  readonly search: (text: string) => readonly Option[]
}

const nameOf = (type: Type, language: Language): string => (language === 'id' ? type.label : type.labelEn)

/** Incident types, found by code, label and daily words. */
export function useTypes(): Suggesting {
  const language = useLanguage()
  const ready = usePrepared()
  return useMemo(
    () => ({
      labelOf: (code) => {
        const type = ready?.typeOf.get(code)
        return type === undefined ? code : nameOf(type, language)
      },
      search: (text) =>
        ready === null
          ? []
          : searchTypes(ready.types, text).map((type) => ({
              id: type.code,
              name: nameOf(type, language),
              parent: type.code,
              kind: type.priority,
            })),
    }),
    [ready, language],
  )
}
