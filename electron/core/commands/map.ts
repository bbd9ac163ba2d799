// Importing borders of villages: check a file, then let it count. Only the admin may.
import { fault } from '#domain/fault.ts'
import type { Rules } from '../rule.ts'

export const mapRules: Pick<Rules, 'checkBorders' | 'cancelBorders' | 'acceptBorders'> = {
  checkBorders: {
    roles: ['admin'],
    request: (desk, { file, text, property }, actor) => {
      if (actor === null) return Promise.resolve(fault('not_signed_in'))
      desk.borders.check(file, text, property)
      return Promise.resolve({})
    },
  },
  cancelBorders: {
    roles: ['admin'],
    request: (desk) => {
      desk.borders.cancel()
      return Promise.resolve({})
    },
  },
  acceptBorders: {
    roles: ['admin'],
    request: async (desk, { source, licence }) => (await desk.borders.accept(source, licence)) ?? {},
  },
}
