import { createElement, Suspense } from 'react'
import { Boundary } from '#ui/boundary.tsx'
import { Loading, Page, Section } from '#ui/page.tsx'
import { usePanels } from '#ui/slot.tsx'
import { useWords } from '#ui/words.ts'

/** The frame: a table of contents and the panels that modules contribute, each in its section. */
export function SettingsPage() {
  const t = useWords('organization')
  const panels = usePanels('settings')
  return (
    <Page title={t('settings.title')} about={t('settings.about')} width="reading">
      {panels.length > 1 && (
        <nav aria-label={t('settings.contents')}>
          <ul className="row plain-list">
            {panels.map(({ id, title }) => (
              <li key={id}>
                <a href={`#${id}`}>{title}</a>
              </li>
            ))}
          </ul>
        </nav>
      )}
      {panels.map(({ id, title, component }) => (
        <div key={id} id={id}>
          <Section title={title}>
            <Boundary>
              <Suspense fallback={<Loading lines={3} />}>{createElement(component, {})}</Suspense>
            </Boundary>
          </Section>
        </div>
      ))}
    </Page>
  )
}
