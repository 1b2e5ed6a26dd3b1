/** What the demo offers to its visitors. */

/**
 * The demo's accounts; the passcodes are no secret.
 *
 * @type {{login: string, passcode: string}[]}
 */
export const accounts = ['user1', 'user2', 'admin'].map((name) => ({ login: name, passcode: name }));

/**
 * The pages, as their heads list them.
 *
 * @type {{href: string, name: string}[]}
 */
export const pages = [
  { href: './', name: 'Console' },
  { href: 'chat.html', name: 'Chat' },
  { href: 'notifications.html', name: 'Notifications' },
  { href: 'dashboard.html', name: 'Dashboard' },
  { href: 'board.html', name: 'Board' },
  { href: 'text.html', name: 'Text' },
  { href: 'plug.html', name: 'Pull the plug' },
  { href: 'destinations.html', name: 'Destinations' },
  { href: 'guide.html', name: 'Guide' },
];
