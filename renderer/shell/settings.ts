// What a person sets for this computer: theme and language. Kept beside the page, holds nothing about calls.
import { useEffect, useState } from 'react'
import { languages, type Language } from '../text/text.ts'

export const themes = ['dark', 'light', 'hc'] as const
export type Theme = (typeof themes)[number]

/** How the window was started: `?mode=trial|live&theme=dark|light|hc&view=wall`, known before core says anything. */
export function startedAs(name: 'mode' | 'theme' | 'view'): string | null {
  return new URLSearchParams(location.search).get(name)
}

/** Reads a kept choice; without one the window's start says it, else it is the first one. */
function keptChoice<T extends string>(key: string, choices: readonly [T, ...T[]], start: string | null = null): T {
  const kept = localStorage.getItem(key) ?? start
  return choices.find((choice) => choice === kept) ?? choices[0]
}

/** The choice and how to make another one, which is kept. */
export function useChoice<T extends string>(
  key: string,
  choices: readonly [T, ...T[]],
  start?: string | null,
): [T, (choice: T) => void] {
  const [choice, setChoice] = useState(() => keptChoice(key, choices, start))
  // The other window of this desk follows.
  useEffect(() => {
    const follow = (event: StorageEvent): void => {
      const now = choices.find((one) => event.key === key && one === event.newValue)
      if (now !== undefined) setChoice(now)
    }
    window.addEventListener('storage', follow)
    return () => window.removeEventListener('storage', follow)
  }, [key, choices])
  const choose = (chosen: T): void => {
    localStorage.setItem(key, chosen)
    setChoice(chosen)
  }
  return [choice, choose]
}

/** The language the window starts in. */
export function firstLanguage(): Language {
  return keptChoice('meja.language', languages)
}
