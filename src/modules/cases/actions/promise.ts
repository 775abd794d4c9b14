import { customerLook } from '#modules/organization/public.ts'
import type { Context } from '#platform/context.ts'
import type { Db } from '#platform/database/connection.ts'
import type { Actions } from '#platform/module.ts'
import { homePath } from '#platform/pages/document.ts'
import type { Language } from '#platform/pages/language.ts'
import { wordsOf } from '#platform/pages/words.ts'
import type { promiseEndpoints } from '../api/promise.ts'
import { promisedHours } from '../domain/clocks/promise.ts'
import type { Kind } from '../domain/taxonomy.ts'
import { portalTexts } from '../texts/index.ts'
import { rulesInForce } from './rules.ts'

/** Within how many hours a person answers what comes in of a kind; null where nothing is promised (G-25). */
export async function hoursFor(db: Db, kind: Kind): Promise<number | null> {
  return promisedHours(await rulesInForce(db, kind))
}

/** The same as customers read it on the company's page. What is promised for complaints is what they can rely on for the gravest. */
export async function promisesTo(db: Db, language: Language): Promise<readonly string[]> {
  const hours = await hoursFor(db, 'complaint')
  return hours === null ? [] : [wordsOf(portalTexts, language)('promise', { hours })]
}

export const promiseActions: Actions<typeof promiseEndpoints> = {
  async feedbackPromise({ db, house }: Context) {
    const { email } = await customerLook(db)
    return { hours: await hoursFor(db, 'complaint'), address: house.address === undefined ? null : `${house.address}${homePath}`, email }
  },
}
