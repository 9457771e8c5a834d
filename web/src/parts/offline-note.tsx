import { useApp } from '../state/app.ts'

/** Says that there is no network, for as long as there is none. */
export function OfflineNote() {
  const { isOnline } = useApp()
  return (
    <div class="offline-place" role="status">
      {!isOnline.value && (
        <p class="offline">
          You are offline. What is on the page stays; more comes with the network.
        </p>
      )}
    </div>
  )
}
