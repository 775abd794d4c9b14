import { experienceOf, settingWithVersion, writeSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import type { Actions } from '#platform/module.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import type { techniqueEndpoints } from '../api/techniques.ts'
import { phraseHints, phraseRuleProblems } from '../domain/phrases.ts'
import { type Rule, type Situation, successOf, suggest, type Technique, techniqueProblems } from '../domain/technique.ts'
import { techniqueChanged } from '../facts.ts'
import { phrasesSetting } from '../settings.ts'
import { allTechniques, countUses, insertTechniques, type StoredTechnique, techniqueById, updateTechnique } from '../store/techniques.ts'
import { missing, refuseProblems, stampOf } from './common.ts'
import { recordUse } from './use.ts'

/** Success is that of so many days: what was tried by others long ago says little. */
const daysOfUse = 365
/** More than anybody could choose from. */
const mostTechniques = 200

export const lastYear = (now: Date): Date => new Date(now.getTime() - daysOfUse * 86_400_000)

export const techniqueActions: Actions<typeof techniqueEndpoints> = {
  async techniques({ db, now, actor }, { retired = false }) {
    const techniques = (await allTechniques(db)).filter(({ active }) => active || retired)
    const counts = await countUses(db, lastYear(now))
    return {
      experience: await experienceOf(db, actor.id),
      items: techniques.map((technique) => {
        const use = counts.get(technique.id) ?? { succeeded: 0, failed: 0, open: 0 }
        return { ...viewOf(technique), use: { ...use, success: successOf(use) } }
      }),
    }
  },

  async suggestTechniques(context, situation) {
    return { items: await suggestionsFor(context, situation) }
  },

  async addTechnique(context, input) {
    const { db, newId, publish } = context
    const technique: Technique = { ...input, id: newId(), key: null, rules: plainRules(input.rules) }
    refuseProblems(techniqueProblems(technique), 'A technique has each of its points once, and every rule names something')
    if ((await allTechniques(db)).length >= mostTechniques)
      throw refuse(
        'conflict',
        'too-many-techniques',
        `There are ${mostTechniques} techniques already; change one that is not used any more`,
      )
    await insertTechniques(db, [technique], stampOf(context))
    await publish(techniqueChanged, { techniqueId: technique.id, change: 'made', active: technique.active })
    return viewOf(await techniqueCalled(context, technique.id))
  },

  async changeTechnique(context, { techniqueId, version, ...input }) {
    const before = await techniqueCalled(context, techniqueId)
    const technique: Technique = { ...input, id: techniqueId, key: before.key, rules: plainRules(input.rules) }
    refuseProblems(techniqueProblems(technique), 'A technique has each of its points once, and every rule names something')
    if (!(await updateTechnique(context.db, technique, version, stampOf(context)))) throw changedMeanwhile('this technique')
    await context.publish(techniqueChanged, { techniqueId, change: 'changed', active: technique.active })
    return viewOf(await techniqueCalled(context, techniqueId))
  },

  noteUse: async (context, { techniqueId, succeeded }) => ({ id: await recordUse(context, { techniqueId, succeeded, origin: null }) }),

  async phraseRules({ db }) {
    const { value, version } = await settingWithVersion(db, phrasesSetting)
    return { rules: value.rules, version }
  },

  async changePhraseRules(context, { version, rules }) {
    refuseProblems(phraseRuleProblems(rules), 'Each rule has a key of its own and words to look for')
    return { version: (await writeSetting(context, phrasesSetting, { rules }, version)).version }
  },

  async findPhrases({ db }, { text, language }) {
    const { value } = await settingWithVersion(db, phrasesSetting)
    return { hints: phraseHints(text, language, value.rules).map((hint) => ({ ...hint, proposals: [...hint.proposals] })) }
  },
}

/** What fits a situation for whoever acts. */
export async function suggestionsFor({ db, actor }: Context, situation: Situation, userId: string = actor.id) {
  const found = suggest(await allTechniques(db), situation, await experienceOf(db, userId))
  return found.map(({ technique, because, disabled }) => ({ technique: viewOf(technique), because: [...because], disabled }))
}

export async function techniqueCalled({ db }: Context, id: string): Promise<StoredTechnique> {
  const found = await techniqueById(db, id)
  if (!found) throw missing('technique')
  return found
}

/** A dimension without values would never fit. */
const plainRules = (rules: readonly Rule[]): Rule[] =>
  rules.map(({ when, against }) => ({ against, when: Object.fromEntries(Object.entries(when).filter(([, values]) => values.length > 0)) }))

/** With arrays that may be written to, as contracts have them. */
const viewOf = (technique: StoredTechnique) => ({
  ...technique,
  points: [...technique.points],
  rules: technique.rules.map(({ when, against }) => ({
    against,
    when: Object.fromEntries(Object.entries(when).map(([dimension, values]) => [dimension, [...values]])),
  })),
})
