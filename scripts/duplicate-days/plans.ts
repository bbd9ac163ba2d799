// The invented days: those the score is tuned on, and others, built otherwise, that only measure it.
import type { DayPlan, Faults } from './day.ts'

const usual: Faults = {
  noPlace: 0.04,
  noVillage: 0.2,
  wrongVillage: 0.03,
  withPoint: 0.4,
  wrongType: 0.1,
  noType: 0.03,
  typing: 0.08,
  noNumber: 0.06,
  sameNumber: 0.1,
  strangerNumber: 0.02,
  noWords: 0.05,
}

const everyday: DayPlan['parts'] = [
  { kind: 'crash', incidents: 6, callers: [1, 5] },
  { kind: 'medical', incidents: 14, callers: [1, 2] },
  { kind: 'fire', incidents: 2, callers: [2, 8] },
  { kind: 'grass', incidents: 2, callers: [1, 3] },
  { kind: 'animal', incidents: 5, callers: [1, 2] },
  { kind: 'crime', incidents: 4, callers: [1, 3] },
  { kind: 'disorder', incidents: 2, callers: [1, 3] },
  { kind: 'tree', incidents: 2, callers: [1, 3] },
  { kind: 'power', incidents: 3, callers: [1, 4] },
  { kind: 'lamp', incidents: 2, callers: [1, 3] },
  { kind: 'road', incidents: 3, callers: [1, 3] },
]

const coast = ['04', '12', '13'] as const
const river = ['09', '08', '10'] as const

/** Days the score was tuned on. */
export const tuningDays: readonly DayPlan[] = [
  {
    name: 'flood',
    seed: 11,
    manner: 'plain',
    faults: usual,
    parts: [
      ...everyday,
      { kind: 'dike', incidents: 1, callers: [150, 150], districts: river, hours: [3, 4] },
      { kind: 'flood', incidents: 7, callers: [3, 60], districts: ['09', '07', '03', '06'], hours: [2, 18] },
      { kind: 'tide', incidents: 4, callers: [3, 30], districts: coast, hours: [5, 20] },
      { kind: 'crash', incidents: 5, callers: [1, 8], districts: ['04', '05', '11'], hours: [5, 9] },
      { kind: 'drown', incidents: 2, callers: [1, 6], hours: [6, 17] },
    ],
  },
  { name: 'quiet', seed: 21, manner: 'plain', faults: usual, parts: everyday },
  {
    name: 'storm',
    seed: 31,
    manner: 'plain',
    faults: { ...usual, withPoint: 0.25, noVillage: 0.3 },
    parts: [
      ...everyday,
      { kind: 'wind', incidents: 4, callers: [4, 30], hours: [14, 16] },
      { kind: 'tree', incidents: 14, callers: [1, 6], hours: [14, 17] },
      { kind: 'power', incidents: 8, callers: [1, 8], hours: [14, 19] },
    ],
  },
]

/** Days that were never looked at while tuning: other seeds, other shares, other words. */
export const heldOutDays: readonly DayPlan[] = [
  {
    name: 'fog',
    seed: 107,
    manner: 'other',
    faults: { ...usual, typing: 0.12, sameNumber: 0.06 },
    parts: [
      ...everyday,
      { kind: 'crash', incidents: 18, callers: [1, 14], districts: ['04', '05', '11', '09'], hours: [4, 8] },
      { kind: 'tide', incidents: 2, callers: [5, 20], districts: coast },
    ],
  },
  {
    name: 'firestorm',
    seed: 211,
    manner: 'other',
    faults: { ...usual, withPoint: 0.6, noVillage: 0.15, wrongType: 0.15 },
    parts: [
      ...everyday,
      { kind: 'fire', incidents: 12, callers: [2, 25], hours: [10, 17] },
      { kind: 'grass', incidents: 12, callers: [1, 10], hours: [9, 18] },
    ],
  },
  {
    name: 'other-flood',
    seed: 307,
    manner: 'other',
    faults: {
      ...usual,
      noPlace: 0.06,
      noVillage: 0.3,
      wrongVillage: 0.05,
      withPoint: 0.3,
      typing: 0.12,
      noWords: 0.08,
    },
    parts: [
      ...everyday,
      { kind: 'dike', incidents: 2, callers: [80, 200], districts: ['12', '03'], hours: [1, 10] },
      { kind: 'flood', incidents: 10, callers: [2, 50], hours: [0, 20] },
      { kind: 'tide', incidents: 5, callers: [2, 40], districts: ['04', '05', '12', '13'], hours: [3, 22] },
      { kind: 'crash', incidents: 6, callers: [1, 10], hours: [4, 20] },
      { kind: 'brawl', incidents: 2, callers: [2, 7] },
      { kind: 'drown', incidents: 3, callers: [1, 5] },
    ],
  },
  { name: 'other-quiet', seed: 401, manner: 'other', faults: { ...usual, withPoint: 0.1 }, parts: everyday },
]
