// How far each log has touched something: what a person saw when closing, and how far a record has come. It reads no database.

/** Highest seq per origin. */
export type Activity = Map<string, number>

type Seen = { readonly origin: string; readonly seq: number }

/** Adds facts to an activity. */
export function see(activity: Activity, facts: readonly Seen[]): void {
  for (const { origin, seq } of facts) if (seq > (activity.get(origin) ?? 0)) activity.set(origin, seq)
}

/** Adds an activity that was written as text. */
export function seeText(activity: Activity, text: string): void {
  const written = JSON.parse(text) as Readonly<Record<string, number>>
  see(
    activity,
    Object.entries(written).map(([origin, seq]) => ({ origin, seq })),
  )
}

/** JSON { origin: highest seq }, sorted so that equal activities are equal texts. */
export function activityText(activity: Activity): string {
  return JSON.stringify(Object.fromEntries([...activity].sort(([a], [b]) => (a < b ? -1 : 1))))
}
