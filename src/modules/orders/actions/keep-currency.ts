import type { SettingGuard } from '#platform/module.ts'
import { refuse } from '#platform/refusal.ts'
import { hasPurchases } from '../store/write-purchases.ts'

/** Amounts are kept in the organization's currency: it cannot change once there are some. */
export const keepCurrency: SettingGuard = async (context, { before, after }) => {
  const currencyOf = (profile: unknown) => (profile as { currency?: string } | null)?.currency
  if (currencyOf(before) !== currencyOf(after) && (await hasPurchases(context.db)))
    throw refuse(
      'conflict',
      'currency-in-use',
      'There are orders whose amounts are kept in the present currency, so it cannot be changed',
      {
        fields: [{ field: 'value.currency', reason: 'currency-in-use', detail: 'Orders are kept in the present currency' }],
      },
    )
}
