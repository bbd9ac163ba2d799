// Who was called last from this desk, ids only: kept in the page, never sent anywhere.
import { z } from 'zod'

const key = 'meja.contacts'
const ids = z.array(z.string().max(200)).max(20)

/** The ids, the one called last first. */
export function keptUsed(): string[] {
  try {
    return ids.parse(JSON.parse(localStorage.getItem(key) ?? '[]'))
  } catch {
    return []
  }
}

/** Keeps the ids and gives them back. */
export function keepUsed(used: string[]): string[] {
  localStorage.setItem(key, JSON.stringify(used))
  return used
}
