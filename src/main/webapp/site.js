/** The offers of this deployment to its visitors. The demo puts another file in the place of this one. */

/**
 * The accounts that the pages offer as one-click choices: none here, because the product has no users of its own.
 *
 * @type {{login: string, passcode: string}[]}
 */
export const accounts = [];

/**
 * The pages, as their heads list them.
 *
 * @type {{href: string, name: string}[]}
 */
export const pages = [
  { href: './', name: 'Console' },
  { href: 'destinations.html', name: 'Destinations' },
  { href: 'guide.html', name: 'Guide' },
];
