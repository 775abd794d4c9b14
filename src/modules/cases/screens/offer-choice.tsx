import { useFormat } from '#ui/format.ts'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { casesApi } from '../api.ts'
import { CatalogueChoice, type ChosenById } from './catalogue-choice.tsx'
import { type Offer, useOfferName } from './set-up-words.ts'

/** Remedies of the catalogue with what they may cost; what is retired is not offered. */
export function useOffers() {
  const t = useWords('cases')
  const format = useFormat()
  const nameOf = useOfferName()
  const { data } = useRead(casesApi.offers, {})
  const offers = (data?.offers ?? []).filter(({ retired }) => !retired)
  const limitOf = ({ mostMinor }: Offer) => (mostMinor === null ? null : t('said.upTo', { amount: format.money(mostMinor) }))
  return {
    offers,
    nameOf,
    choices: offers.map((offer) => ({ value: offer.id, label: [nameOf(offer), limitOf(offer)].filter(Boolean).join(' · ') })),
  }
}

/** One line of the catalogue, by its id. */
export function OfferChoice(chosen: ChosenById) {
  const t = useWords('cases')
  const { choices } = useOffers()
  return (
    <CatalogueChoice
      {...chosen}
      label={t('said.offer')}
      placeholder={t('said.offerPlaceholder')}
      notFoundContent={t('said.noOffers')}
      options={choices}
    />
  )
}
