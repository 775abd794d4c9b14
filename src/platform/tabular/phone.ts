import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min'

/**
 * A telephone number in the one form that the world shares (E.164, such as +8613800138000), or null where the text is none that can exist. A number without a country's code is one of `country`
 * (ISO 3166, such as CN); without a country such a number is not told.
 */
export function e164(text: string | null | undefined, country: string | null): string | null {
  if (!text) return null
  const home = country !== null && isSupportedCountry(country) ? (country as CountryCode) : undefined
  const found = parsePhoneNumberFromString(
    text
      .normalize('NFKC')
      .replace(/^\s*00/, '+')
      .slice(0, 60),
    home ? { defaultCountry: home, extract: false } : { extract: false },
  )
  return found?.isPossible() ? found.number : null
}
