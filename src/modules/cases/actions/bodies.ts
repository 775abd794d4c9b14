import { readSetting } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import type { Db } from '#platform/database/connection.ts'
import type { Actions } from '#platform/module.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import type { bodyEndpoints } from '../api/bodies.ts'
import { isOwn } from '../domain/clocks/own-regimes.ts'
import { regimes } from '../domain/clocks/regimes.ts'
import type { Language } from '../domain/language.ts'
import { isWebAddress, keyOfShipped, type OutsideBody, withShippedBodies } from '../domain/outside-body.ts'
import { setupChanged } from '../facts.ts'
import { ownRegimesSetting } from '../settings.ts'
import { storedBodies, writeBody } from '../store/bodies.ts'
import { mailTexts } from '../texts/index.ts'
import { wrong } from './named.ts'

/** Whoever customers can turn to, each by its whole names: what ships has them in the texts of the product. */
export async function everyBody(db: Db): Promise<readonly OutsideBody[]> {
  return withShippedBodies(await storedBodies(db)).map(named)
}

const languages = ['en', 'zh-CN', 'zh-TW'] as const

function named(body: OutsideBody): OutsideBody {
  const key = keyOfShipped(body.id)
  if (key === null || body.version > 0) return body
  const said = (what: 'names' | 'about') =>
    Object.fromEntries(languages.map((language) => [language, mailTexts[language].body[key][what]])) as Record<Language, string>
  return { ...body, names: said('names'), about: said('about') }
}

/** Words by language in the one that is wanted, else in the first in which they were said. */
export const inLanguage = (words: Readonly<Record<string, string>>, language: Language): string =>
  [words[language], ...languages.map((one) => words[one])].find((text) => text?.trim()) ?? ''

const view = ({ names, about, ...body }: OutsideBody) => {
  const whole = (words: Readonly<Record<string, string>>) => ({
    en: words.en ?? '',
    'zh-CN': words['zh-CN'] ?? '',
    'zh-TW': words['zh-TW'] ?? '',
  })
  return {
    ...body,
    names: whole(names),
    about: whole(about),
    kinds: [...body.kinds],
    categories: [...body.categories],
    regimes: [...body.regimes],
    ships: keyOfShipped(body.id) !== null,
  }
}

export const bodyActions: Actions<typeof bodyEndpoints> = {
  bodies: async ({ db }) => ({ bodies: (await everyBody(db)).map(view) }),

  addBody: async (context, said) => saved(context, { id: context.newId(), ...said, version: 0 }),

  async changeBody(context, { bodyId: id, version, ...said }) {
    if (!(await everyBody(context.db)).some((body) => body.id === id)) throw refuse('missing', 'not-there', 'There is no such line')
    return saved(context, { id, version, ...said })
  },
}

async function saved(context: Context, body: OutsideBody) {
  const { db, now, actor } = context
  if (body.url !== null && !isWebAddress(body.url))
    throw wrong('url', 'no-link', 'This has to be an address that begins with https:// or http://')
  const { regimes: own } = await readSetting(db, ownRegimesSetting)
  const known = new Set([...regimes, ...own].map(({ key }) => key))
  const unknown = body.regimes.find((key) => !known.has(key))
  if (unknown !== undefined)
    throw wrong('regimes', 'no-such-rules', `There are no rules ${isOwn(unknown) ? 'of your own ' : ''}called ${unknown}`)
  if (!(await writeBody(db, body, { now, by: actor.id }))) throw changedMeanwhile('this body')
  const version = body.version + 1
  await context.publish(setupChanged, { what: 'body', id: body.id, version })
  return view({ ...body, version: body.version === 0 ? 1 : version })
}
