// The screens of a signed-in operator: name, icon and key. What each draws is in desk-view.tsx.
import type { ComponentType } from 'react'
import type { TextKey } from '../text/text.ts'
import { IconAddressBook, IconHeadset, IconLifebuoy, IconListDetails, IconMap2, IconSettings } from '../ui/icons.ts'
import type { ActionId } from '../ui/keymap.ts'

export type ScreenEntry = {
  readonly title: TextKey
  readonly action: ActionId
  readonly icon: ComponentType<{ className: string; 'aria-hidden': boolean }>
  /** Where in the rail: the day's work above, the program itself below. */
  readonly group: 'work' | 'program'
}

export const screens = {
  calls: { title: 'rail.calls', action: 'callScreen', icon: IconHeadset, group: 'work' },
  incidents: { title: 'rail.incidents', action: 'incidentScreen', icon: IconListDetails, group: 'work' },
  map: { title: 'rail.map', action: 'mapScreen', icon: IconMap2, group: 'work' },
  directory: { title: 'rail.directory', action: 'directoryScreen', icon: IconAddressBook, group: 'work' },
  settings: { title: 'rail.settings', action: 'settingsScreen', icon: IconSettings, group: 'program' },
  help: { title: 'rail.help', action: 'helpScreen', icon: IconLifebuoy, group: 'program' },
} as const satisfies Record<string, ScreenEntry>

export type ScreenId = keyof typeof screens
export const screenIds = Object.keys(screens) as ScreenId[]
