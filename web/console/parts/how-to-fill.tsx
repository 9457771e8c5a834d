/** How a server that nothing happens on gets something to show. */
export function HowToFill() {
  return (
    <p>
      Nothing has happened here yet. Let somebody use it: open the{' '}
      <a rel="external" href="/">
        site
      </a>
      , or send a crowd with <code>starling load --against {location.origin} --fill</code>.
    </p>
  )
}
