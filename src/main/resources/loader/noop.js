/*! Countersign has no good client key for this script: the key is unknown, switched off or expired. */
(function (window) {
  'use strict';
  var sentry = (window.Sentry = window.Sentry || {});
  (
    'onLoad forceLoad init addBreadcrumb captureMessage captureException captureEvent configureScope withScope ' +
    'showReportDialog setUser setTag setTags setContext setExtra setExtras'
  )
    .split(' ')
    .forEach(function (name) {
      sentry[name] = sentry[name] || function () {};
    });
})(window);
