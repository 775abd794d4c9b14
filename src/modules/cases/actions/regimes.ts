import { readSetting, settingWithVersion, writeSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import type { Actions, SettingGuard } from '#platform/module.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import type { regimeEndpoints } from '../api/regimes.ts'
import {
  isSame,
  type OwnChangeProblem,
  type OwnDefinition,
  type OwnProblem,
  type OwnRegime,
  ownChangeProblem,
  ownKeyFor,
  ownLimits,
  ownProblems,
  regimeOfVersion,
  versionsAdded,
  withKeys,
} from '../domain/clocks/own-regimes.ts'
import { type Regime, regimes as shipped } from '../domain/clocks/regimes.ts'
import { type Kind, kinds } from '../domain/taxonomy.ts'
import { ownRegimesSetting, regimesSetting } from '../settings.ts'

export const regimeActions: Actions<typeof regimeEndpoints> = {
  async regimes(context) {
    const { value, version } = await settingWithVersion(context.db, ownRegimesSetting)
    const heldFor = await kindsOf(context)
    const views = [...shipped.map((one) => viewOf(one, heldFor(one.key), null)), ...value.regimes.map((one) => ownView(one, heldFor))]
    return { version, regimes: views }
  },

  async addRegime(context, { version, ...said }) {
    mustSet(context)
    const { regimes: before } = await known(context, version)
    mustBeSound(said)
    if (before.length >= ownLimits.all) throw tooMany()
    const added: OwnRegime = { key: ownKeyFor(said.names, before), retired: false, versions: [withKeys(said)] }
    return written(context, version, [...before, added], added.key)
  },

  async changeRegime(context, { regimeKey: key, version, retired, ...said }) {
    mustSet(context)
    const { regimes: before } = await known(context, version)
    const one = before.find((each) => each.key === key)
    if (!one) throw refuse('missing', 'no-such-rules', 'There are no such rules')
    mustBeSound(said)
    const definition = withKeys(said)
    const versions = isSame(definition, one.versions.at(-1)) ? one.versions : [...one.versions, definition]
    if (versions.length > ownLimits.versions)
      throw refuse('conflict', 'too-many-versions', 'These rules were changed too often; begin others as a copy of them')
    if (retired) await takeOutOfForce(context, key)
    return written(
      context,
      version,
      before.map((each) => (each.key === key ? { key, retired, versions } : each)),
      key,
    )
  },
}

/** A version is what was promised to the cases that began under it, whoever writes the setting and in whatever way. */
export const keepOwnRegimes: SettingGuard = async (_, change) => {
  const [before, after] = [change.before, change.after].map((value) => (value as { readonly regimes: readonly OwnRegime[] }).regimes)
  const problem = ownChangeProblem(before!, after!)
  if (problem?.problem === 'too-many-regimes') throw tooMany()
  if (problem) throw refuse('conflict', problem.problem, sentencesOfChanges[problem.problem], { values: valuesOf(problem) })
  for (const { field, definition } of versionsAdded(before!, after!)) mustBeSound(definition, `value.${field}.`)
}

/** Whoever handles complaints does not write the rules that these are handled by: it is for those who put them in force. */
function mustSet({ actor }: Context): void {
  const permission = 'organization.manage'
  if (!actor.can(permission))
    throw refuse('forbidden', 'permission-missing', `This needs the permission ${permission}`, { values: { permission } })
}

/** Whoever writes the list has seen it as it is. */
async function known({ db }: Context, version: number): Promise<{ readonly regimes: readonly OwnRegime[] }> {
  const { value, version: now } = await settingWithVersion(db, ownRegimesSetting)
  if (now !== version) throw changedMeanwhile('these rules')
  return value
}

async function written(context: Context, version: number, regimes: readonly OwnRegime[], key: string) {
  const stored = await writeSetting(context, ownRegimesSetting, ownRegimesSetting.schema.parse({ regimes }), version)
  return { version: stored.version, rules: ownView(regimes.find((one) => one.key === key)!, await kindsOf(context)) }
}

/** So that it does not come back into force by itself when somebody takes it up again. */
async function takeOutOfForce(context: Context, key: string): Promise<void> {
  const { value, version } = await settingWithVersion(context.db, regimesSetting)
  const inForce = value.inForce.filter(({ regime }) => regime !== key)
  if (inForce.length < value.inForce.length) await writeSetting(context, regimesSetting, { inForce }, version)
}

function mustBeSound(said: OwnDefinition<string | null>, within = ''): void {
  const fields = ownProblems(said).map(({ field, problem }) => ({ field: within + field, reason: problem, detail: sentences[problem] }))
  const [first] = fields
  if (first) throw refuse('invalid', first.reason, first.detail, { fields })
}

const tooMany = () =>
  refuse('conflict', 'too-many-regimes', 'There are too many sets of rules; retire some', { values: { most: ownLimits.inUse } })

const sentences: Readonly<Record<OwnProblem['problem'], string>> = {
  unnamed: 'This needs a name in one language at least',
  'no-clocks': 'Rules ask for something by some time: they have a clock at least',
  'key-twice': 'Two of these have the same key',
  amount: 'This has to be a whole number from 1, and five years at the most',
  share: 'A share of the time lies between 0 and 100 %',
  'escalates-before-warning': 'Those above hear of it after whoever handles the case',
  'extension-not-longer': 'An extension has to be longer than the time that it extends',
  'no-link': 'This has to be an address that begins with https:// or http://',
  'law-without-source': 'Say which law wants the record kept: whoever asks to be forgotten is told',
}

const sentencesOfChanges: Readonly<Record<OwnChangeProblem['problem'], string>> = {
  'regime-gone': 'Cases may stand under these rules: they can be retired, and never removed',
  'regime-version-fixed': 'Cases may stand under this version: a change needs a new one behind it',
  'regime-twice': 'Two sets of rules have the same key',
  'too-many-regimes': 'There are too many sets of rules',
}
const valuesOf = ({ key, version }: OwnChangeProblem) => ({ key, version })

async function kindsOf({ db }: Context): Promise<(key: string) => Kind[]> {
  const { inForce } = await readSetting(db, regimesSetting)
  return (key) => {
    const held = new Set(inForce.filter(({ regime }) => regime === key).flatMap((one) => one.kinds))
    return kinds.filter((kind) => held.has(kind))
  }
}

const ownView = (one: OwnRegime, heldFor: (key: string) => Kind[]) => {
  const version = one.versions.length
  return { ...viewOf(regimeOfVersion(one, version), one.retired ? [] : heldFor(one.key), { ...one, version }) }
}

/** A set of rules as people read it; `own`: what only those of the company's own have. */
function viewOf(
  { key, terms, source, retention, tellsRoute, called }: Regime,
  held: Kind[],
  own: { readonly key: string; readonly retired: boolean; readonly version: number } | null,
) {
  return {
    key: own?.key ?? key,
    ships: own === null,
    retired: own?.retired ?? false,
    version: own?.version ?? null,
    names: called?.names ?? null,
    source,
    clocks: terms.targets.map(({ key: target, ends, measure, missing, warnAtShare, escalateAfter, extensions }) => ({
      key: target.slice(`${terms.key}:`.length),
      names: called?.clocks[target] ?? null,
      ends: ends.on as 'acknowledged' | 'responded' | 'resolved',
      measure,
      missing,
      warnAtShare,
      escalateAtShare: escalateAfter?.after === 'share' ? escalateAfter.share : null,
      extensions: extensions.map((one) => ({ ...one, names: called?.extensions[`${target}/${one.key}`] ?? null })),
    })),
    retention: retention && { years: retention.years, from: retention.from, by: retention.by },
    tellsRoute,
    kinds: held,
  }
}
