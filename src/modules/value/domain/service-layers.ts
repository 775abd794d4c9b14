/** How far a service goes: what belongs to it (K-01), what is added (K-02), what nobody would have thought of (K-03). */
export const serviceLayers = ['in-scope', 'extra', 'beyond'] as const
export type ServiceLayer = (typeof serviceLayers)[number]

/** Extra services: added for everybody, made to measure for some, thought of for one. */
export const extraTypes = ['value-added', 'customised', 'personalised'] as const
export type ExtraType = (typeof extraTypes)[number]

/** From what was noticed to what was done about it. */
export const observationStates = ['noticed', 'supposed', 'acted', 'dropped'] as const
export type ObservationState = (typeof observationStates)[number]

/** What is wrong with the place of a service, or null: extra services have a type, no other has. */
export const misplaced = (layer: ServiceLayer, extraType: ExtraType | null): 'extra-type-missing' | 'extra-type-elsewhere' | null =>
  layer === 'extra' ? (extraType === null ? 'extra-type-missing' : null) : extraType === null ? null : 'extra-type-elsewhere'

/** The state of an observation after it was written anew: a hypothesis makes it supposed; what was acted on stays so. */
export const observedState = (state: ObservationState, hypothesis: string | null, dropped: boolean): ObservationState =>
  state === 'acted' ? 'acted' : dropped ? 'dropped' : hypothesis === null ? 'noticed' : 'supposed'

/** Counts and sums over services given: `scored` are those with a score before and after; `change` and `changeSquared` sum over them. */
export interface GivenSums {
  readonly layer: ServiceLayer
  readonly extraType: ExtraType | null
  readonly expected: boolean
  readonly given: number
  readonly costMinor: number
  readonly scored: number
  readonly change: number
  readonly changeSquared: number
}

export interface LayerEffect {
  readonly given: number
  readonly costMinor: number
  readonly scored: number
  /** Mean change of the score; null while nobody was asked before and after. */
  readonly meanChange: number | null
  /** Half of the width of the 95 % interval of the mean (normal approximation); null below two scored. */
  readonly plusMinus: number | null
}

/** The effect of several groups together. */
export function effectOf(rows: readonly GivenSums[]): LayerEffect {
  const sum = (pick: (row: GivenSums) => number) => rows.reduce((total, row) => total + pick(row), 0)
  const [scored, change] = [sum((row) => row.scored), sum((row) => row.change)]
  const mean = scored === 0 ? null : change / scored
  // The sum of squares around the mean is never below 0, but for the last bits.
  const around = mean === null ? 0 : Math.max(0, sum((row) => row.changeSquared) - scored * mean * mean)
  return {
    given: sum((row) => row.given),
    costMinor: sum((row) => row.costMinor),
    scored,
    meanChange: mean,
    plusMinus: scored < 2 ? null : 1.96 * Math.sqrt(around / (scored - 1) / scored),
  }
}

export interface LayerComparison {
  readonly layers: readonly (LayerEffect & { readonly layer: ServiceLayer })[]
  readonly extraTypes: readonly (LayerEffect & { readonly extraType: ExtraType })[]
  readonly expected: LayerEffect
  readonly unexpected: LayerEffect
}

/** What the layers did to the satisfaction of customers, beside each other (K-04): every layer and type appears, also without any service. */
export const compareLayers = (rows: readonly GivenSums[]): LayerComparison => ({
  layers: serviceLayers.map((layer) => ({ layer, ...effectOf(rows.filter((row) => row.layer === layer)) })),
  extraTypes: extraTypes.map((extraType) => ({ extraType, ...effectOf(rows.filter((row) => row.extraType === extraType)) })),
  expected: effectOf(rows.filter(({ expected }) => expected)),
  unexpected: effectOf(rows.filter(({ expected }) => !expected)),
})
