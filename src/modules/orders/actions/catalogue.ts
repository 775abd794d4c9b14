import { productsWithNeed } from '#modules/customers/public.ts'
import { organizationProfile, readSetting } from '#modules/organization/public.ts'
import { defaultPageSize } from '#platform/contract.ts'
import { cursorOf, placeOf } from '#platform/cursor.ts'
import type { Actions } from '#platform/module.ts'
import { changedMeanwhile, refuse } from '#platform/refusal.ts'
import type { ordersApi } from '../api.ts'
import { isCurrencyCode } from '../domain/amount.ts'
import { requestRecosting } from '../runs/recost.ts'
import { changeCategory, changeProduct, heldCategory, heldProduct, isSameNumber, listCategories, listProducts } from '../store/catalogue.ts'
import { deleteRate, holdRates, listRates, rateOn, writeRates } from '../store/rates.ts'

type Catalogue = Pick<
  Actions<typeof ordersApi>,
  'products' | 'saveProduct' | 'categories' | 'saveCategory' | 'rates' | 'saveRate' | 'deleteRate'
>

export const catalogueActions: Catalogue = {
  async products({ db }, { cursor, limit = defaultPageSize, search, withoutNeed }) {
    const except = withoutNeed ? await productsWithNeed(db) : []
    const rows = await listProducts(db, search ?? null, cursor === undefined ? null : placeOf(cursor, ['text']), limit + 1, except)
    const items = rows.slice(0, limit)
    return { items, next: rows.length > limit ? cursorOf([items.at(-1)!.code]) : null }
  },

  async saveProduct(context, { before, ...change }) {
    const by = { runId: null, now: context.now }
    const present = await heldProduct(context.db, change.code, by)
    const isSeen =
      (change.name === undefined || present.name === (before.name ?? null)) &&
      (change.category === undefined || present.category === (before.category ?? null)) &&
      (change.unitCost === undefined || isSameNumber(present.unitCost, before.unitCost ?? null))
    if (!isSeen) throw changedMeanwhile('this product', 'before')
    const product = await changeProduct(context.db, change, by)
    await requestRecosting(context)
    return product
  },

  categories: async ({ db }) => ({ items: await listCategories(db) }),

  async saveCategory(context, { before, ...change }) {
    const by = { runId: null, now: context.now }
    const present = await heldCategory(context.db, change.name, by)
    if (change.marginPercent !== undefined && present.marginPercent !== (before.marginPercent ?? null))
      throw changedMeanwhile('this category', 'before')
    const category = await changeCategory(context.db, change, by)
    await requestRecosting(context)
    return category
  },

  async rates({ db }, { cursor, limit = defaultPageSize }) {
    const rows = await listRates(db, cursor === undefined ? null : placeOf(cursor, ['day', 'text']), limit + 1)
    const items = rows.slice(0, limit)
    const last = items.at(-1)
    return { items, next: rows.length > limit && last ? cursorOf([last.day, last.currency]) : null }
  },

  async saveRate(context, { before, ...rate }) {
    const { currency } = await readSetting(context.db, organizationProfile)
    const complain = (field: string, reason: string, detail: string) =>
      refuse('invalid', reason, detail, { fields: [{ field, reason, detail }] })
    if (!isCurrencyCode(rate.currency)) throw complain('currency', 'unknown-currency', `${rate.currency} is not the code of a currency`)
    if (rate.currency === currency) throw complain('currency', 'own-currency', `Amounts are in ${currency} already`)
    if (!(Number(rate.rate) > 0)) throw complain('rate', 'rate-not-positive', 'A rate is above 0')
    await holdRates(context.db)
    const present = await rateOn(context.db, rate)
    if (!isSameNumber(present, before))
      throw refuse('conflict', 'another-rate-there', `The rate of ${rate.currency} on ${rate.day} is ${present ?? 'unknown'} by now`, {
        values: { rate: present ?? '' },
      })
    await writeRates(context.db, [rate], { runId: null, now: context.now })
    return rate
  },

  async deleteRate({ db }, { currency, day, before }) {
    await holdRates(db)
    const present = await rateOn(db, { currency, day })
    if (present !== null && !isSameNumber(present, before)) throw changedMeanwhile('this rate', 'before')
    if (!(await deleteRate(db, currency, day))) throw refuse('missing', 'no-such-rate', 'There is no such rate')
    return {}
  },
}
