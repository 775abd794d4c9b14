import { Button } from 'antd'
import { Link } from 'react-router'
import { Page, Section } from '#ui/page.tsx'
import { useSession } from '#ui/session.ts'
import { Slot } from '#ui/slot.tsx'
import { useWords } from '#ui/words.ts'

/** What follows the first sign-in: own files, or whatever else modules offer to begin with, such as the demo company. */
export function WelcomePage() {
  const t = useWords('organization')
  const { may } = useSession()
  return (
    <Page title={t('welcome.title')} about={t('welcome.about')} width="reading">
      <div className="cards">
        {may('imports.write') && (
          <Section title={t('welcome.import')}>
            <p>{t('welcome.importText')}</p>
            <Link to="/import">
              <Button type="primary">{t('welcome.importAction')}</Button>
            </Link>
          </Section>
        )}
        <Slot name="organization.welcome" give={{}} />
      </div>
      <p>
        <Link to="/">{t('welcome.later')}</Link>
      </p>
    </Page>
  )
}
