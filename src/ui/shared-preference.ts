/**
 * Language and theme follow a person from device to device: the first visit in a browser takes over what they chose elsewhere, later choices are told to the server.
 */
import { useEffect } from 'react'
import { api as organization } from '#modules/organization/api.ts'
import { usePreference, writePreference } from './preferences.ts'
import type { Session } from './session.ts'
import type { ThemeChoice } from './theme.ts'
import { useWrite } from './use-endpoint.ts'
import { setLanguage, useLanguage } from './words.ts'

export function useSharedPreference({ user, preference, may }: Session): void {
  const { language } = useLanguage()
  const [theme] = usePreference<ThemeChoice>('theme', 'system')
  const [known, setKnown] = usePreference<Known | null>('shared', null)
  const change = useWrite(organization.changeMyself)
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the person's own choices and a change of person matter
  useEffect(() => {
    if (known?.user !== user.id) {
      if (preference) {
        void setLanguage(preference.language)
        writePreference('theme', preference.theme)
      }
      setKnown({ user: user.id, ...(preference ?? { language, theme }) })
    } else if ((known.language !== language || known.theme !== theme) && may('organization.read')) {
      setKnown({ user: user.id, language, theme })
      // Not being able to tell is no reason to disturb: the choice holds in this browser either way.
      void change.send({ language, theme }).catch(() => {})
    }
  }, [user.id, language, theme, known])
}

/** What this browser and the server last agreed upon, and for whom. */
interface Known {
  readonly user: string
  readonly language: string
  readonly theme: string
}
