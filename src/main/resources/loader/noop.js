/*! Countersign has no good client key for this script: the key is unknown, switched off or expired. */
(function (window) {
  'use strict';
  // A copy, since members of a module's namespace cannot be set.
  var sentry = {};
  for (var name in window.Sentry) {
    sentry[name] = window.Sentry[name];
  }
  window.Sentry = sentry;
  (
    'onLoad forceLoad init addBreadcrumb captureMessage captureException captureEvent configureScope withScope ' +
    'showReportDialog setUser setTag setTags setContext setExtra setExtras'
  )
    .split(' ')
    .forEach(function (call) {
      sentry[call] = sentry[call] || function () {};
    });
})(window);
