import { z } from 'zod'
import { endpoint, nothing } from '#platform/contract.ts'
import { ownLimits, ownPartShape } from '../domain/clocks/own-regimes.ts'
import { regimeEnds } from '../domain/clocks/regimes.ts'
import { extensionNeeds, measureUnits } from '../domain/clocks/target.ts'
import { kinds } from '../domain/taxonomy.ts'

const read = { permission: 'cases.read', about: 'nobody' } as const
/** Besides, whoever writes rules may put them in force: the actions ask for `organization.manage`, too. */
const manage = { permission: 'cases.manage', about: 'nobody' } as const

const name = z.string().trim().max(120)
/** By language, at least in one. */
const names = z.object({ en: name, 'zh-CN': name, 'zh-TW': name })
const measure = z.object({ unit: z.enum(measureUnits), amount: z.int().min(1) })
const share = z.number().min(0).max(1).nullable()
const source = z.object({
  title: z.string().trim().min(1).max(200),
  provisions: z.string().trim().max(200),
  url: z.string().trim().max(500).nullable(),
})
const retention = z.object({ years: z.int().min(1).max(100), from: z.enum(['received', 'closed']), by: z.enum(['law', 'choice']) })

const extension = { measure, needs: z.enum(extensionNeeds) }
const clock = {
  ends: z.enum(regimeEnds),
  measure,
  /** `lapse`: missing it is no breach, only the end of a chance. */
  missing: z.enum(['breach', 'lapse']),
  /** At which share of its time it warns whoever handles the case, and at which those above hear of it; null: never. */
  warnAtShare: share,
  escalateAtShare: share,
}
/** Made from the name where it is new; as it was, where it is kept. */
const key = z.string().regex(ownPartShape).max(30).nullable()
const definition = {
  names,
  source: source.nullable(),
  clocks: z
    .array(z.object({ key, names, ...clock, extensions: z.array(z.object({ key, names, ...extension })).max(ownLimits.extensions) }))
    .max(ownLimits.clocks),
  retention: retention.nullable(),
  /** Whether a final answer has to say where else the customer can turn to. */
  tellsRoute: z.boolean().optional(),
}

/** Names are null of what ships: screens have the words for its keys. */
const shownNames = names.nullable()
const Rules = z.object({
  key: z.string(),
  ships: z.boolean(),
  retired: z.boolean(),
  /** The newest version; null of what ships. */
  version: z.int().nullable(),
  names: shownNames,
  source: source.nullable(),
  clocks: z.array(
    z.object({
      key: z.string(),
      names: shownNames,
      ...clock,
      extensions: z.array(z.object({ key: z.string(), names: shownNames, ...extension })),
    }),
  ),
  retention: retention.nullable(),
  tellsRoute: z.boolean(),
  /** The kinds of cases that begin under it now. */
  kinds: z.array(z.enum(kinds)),
})

const version = z.int().min(0)
const Written = z.object({ version, rules: Rules })

/** Rules of law, standard, contract or own promise under which cases may stand. */
export const regimeEndpoints = {
  regimes: endpoint('GET /case-regimes', {
    ...read,
    summary: 'The sets of rules that ship and those of the company’s own, retired ones included, each with its clocks',
    input: nothing,
    /** `version`: of the list of own ones, which whoever changes one says. */
    result: z.object({ version, regimes: z.array(Rules) }),
  }),
  addRegime: endpoint('POST /case-regimes', {
    ...manage,
    summary:
      'Adds a set of rules of the company’s own; it holds for no case until it is put in force. Only for whoever may change settings, too',
    input: z.object({ version, ...definition }),
    result: Written,
  }),
  changeRegime: endpoint('PUT /case-regimes/:regimeKey', {
    ...manage,
    summary:
      'Writes a new version of an own set of rules, for cases that begin from now on; or retires it, which also takes it out of force. Cases keep the version with which they began. Only for whoever may change settings, too',
    input: z.object({ regimeKey: z.string().max(40), version, retired: z.boolean(), ...definition }),
    result: Written,
  }),
}
