import { casesApi } from '../api.ts'
import type { ActForm } from './act-fields.tsx'
import { earlyForms } from './early-forms.tsx'
import { goodsForms } from './goods-fields.ts'
import { laterForms } from './later-forms.tsx'
import { moreForms } from './more-forms.tsx'
import { otherKindsForms } from './other-kinds-forms.tsx'

export type { ActForm, Typed } from './act-fields.tsx'

/** The form of each act that has one, by the event that it makes. */
export const actForms: Readonly<Record<string, ActForm>> = {
  ...earlyForms,
  ...laterForms,
  ...otherKindsForms,
  ...moreForms,
  ...goodsForms(casesApi),
}
