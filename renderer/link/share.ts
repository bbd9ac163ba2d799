// Keeps the old objects where a pushed value says the same, so that what did not change is not drawn again.

type Tree = Readonly<Record<string, unknown>>

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** `next`, with every part that equals its counterpart in `before` replaced by that counterpart. Plain data only. */
export function share<T>(before: unknown, next: T): T {
  if (Object.is(before, next)) return next
  if (Array.isArray(before) && Array.isArray(next)) {
    const shared = next.map((item, index) => share(before[index], item))
    const isSame = before.length === next.length && shared.every((item, index) => Object.is(item, before[index]))
    return (isSame ? before : shared) as T
  }
  if (!isTree(before) || !isTree(next)) return next
  const names = Object.keys(next)
  const shared = Object.fromEntries(names.map((name) => [name, share(before[name], next[name])]))
  const isSame =
    names.length === Object.keys(before).length && names.every((name) => Object.is(shared[name], before[name]))
  return (isSame ? before : shared) as T
}
