// A picture for each agency of the reference data. Decoration: the name is beside it.
import type { ReactNode } from 'react'
import {
  IconAmbulance,
  IconAnchor,
  IconBolt,
  IconBuilding,
  IconBuildingHospital,
  IconDroplet,
  IconFiretruck,
  IconFlag,
  IconHeartHandshake,
  IconLifebuoy,
  IconRoad,
  IconShield,
  IconShieldHalf,
  IconStethoscope,
  IconTrafficCone,
  IconTrain,
  IconTree,
  IconUsers,
} from '../ui/icons.ts'

const icons: Readonly<Record<string, typeof IconBuilding>> = {
  PSC119: IconAmbulance,
  PMI: IconHeartHandshake,
  POLRES: IconShield,
  DAMKAR: IconFiretruck,
  BPBD: IconLifebuoy,
  BASARNAS: IconAnchor,
  KODIM: IconFlag,
  SATPOLPP: IconShieldHalf,
  DISHUB: IconTrafficCone,
  DPUPR: IconRoad,
  DLH: IconTree,
  DINSOS: IconUsers,
  DINKES: IconStethoscope,
  RSUD: IconBuildingHospital,
  PDAM: IconDroplet,
  PLN: IconBolt,
  KAI: IconTrain,
}

/** An agency that is not in the list gets a plain building. */
export function AgencyIcon({ agency }: { agency: string }): ReactNode {
  const Icon = icons[agency] ?? IconBuilding
  return <Icon className="i" aria-hidden />
}
