import type { Context } from '#platform/context.ts'
import type { Actions } from '#platform/module.ts'
import { isOwnPage, leadTo } from '#platform/pages/answer.ts'
import { homePath } from '#platform/pages/document.ts'
import type { Language } from '#platform/pages/language.ts'
import { visitOf } from '#platform/pages/visit.ts'
import type { customerPageEndpoints } from '../api/customer-pages.ts'
import { homePage, type Offer } from '../pages/home.ts'
import { readSetting } from '../public.ts'
import { customerPagesSetting } from '../settings.ts'

export const customerPageActions: Actions<typeof customerPageEndpoints> = {
  async customerHome(context) {
    const visit = visitOf(context)
    const { email } = await readSetting(context.db, customerPagesSetting)
    const promises = await promisesOf(context, visit.language)
    return homePage(visit, { offers: await offersOf(context, visit.language), promises, email })
  },

  rememberLanguage: async (_, { language, path }) => leadTo(isOwnPage(path) ? path : homePath, { remember: language }),
}

async function promisesOf({ db, house }: Context, language: Language): Promise<readonly string[]> {
  const all = await Promise.all(house.modules.map(({ customerPages }) => customerPages?.promises?.(db, language) ?? []))
  return all.flat()
}

/** What the modules offer now, what people look for most first. */
async function offersOf({ db, house }: Context, language: Language): Promise<readonly Offer[]> {
  const all = house.modules.flatMap(
    ({ customerPages }) => customerPages?.pages.map((one) => ({ ...one, words: customerPages.texts[language]?.customerPage })) ?? [],
  )
  const open = await Promise.all(all.map(async (one) => (((await one.offered?.(db)) ?? true) ? [one] : [])))
  return open
    .flat()
    .toSorted((a, b) => a.order - b.order)
    .map(({ path, name, words }) => ({ path, title: words?.[name] ?? name, about: words?.[`${name}About`] ?? '' }))
}
