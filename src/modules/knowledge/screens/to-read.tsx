import { Link } from 'react-router'
import { Loaded } from '#ui/page.tsx'
import { useRead } from '#ui/use-endpoint.ts'
import { useWords } from '#ui/words.ts'
import { knowledgeApi } from '../api.ts'
import { BulletinList } from './bulletins-page.tsx'
import { useShown } from './shown-texts.ts'

/** On the home page and My day: the newest bulletins that one has yet to read, and what one is asked to stand by. */
export function ToRead() {
  const t = useWords('knowledge')
  const shown = useShown()
  const found = useRead(knowledgeApi.toRead, {})
  return (
    <Loaded of={found} lines={2}>
      {({ bulletins, moreBulletins, acknowledgements }) =>
        bulletins.length + acknowledgements.length === 0 ? (
          <p className="muted">{t('toRead.nothing')}</p>
        ) : (
          <>
            {acknowledgements.length > 0 && (
              <ul className="plain-list">
                {acknowledgements.map(({ id, title }) => (
                  <li key={id}>
                    <Link to={`/knowledge/${id}`}>{shown(title)}</Link> <span className="muted">{t('article.toAcknowledge')}</span>
                  </li>
                ))}
              </ul>
            )}
            <BulletinList bulletins={bulletins} />
            {moreBulletins && <Link to="/bulletins">{t('toRead.more')}</Link>}
          </>
        )
      }
    </Loaded>
  )
}
