# The words of each language and the page, in the library byte for byte. Included by the top level, for
# a rule serves only the targets of its own directory.

set(embedded_folder "${PROJECT_SOURCE_DIR}/inspect")
file(GLOB_RECURSE embedded_files RELATIVE "${embedded_folder}" CONFIGURE_DEPENDS
     "${embedded_folder}/words/*.txt" "${embedded_folder}/page/*.html"
     "${embedded_folder}/page/*.css" "${embedded_folder}/page/*.js")
list(FILTER embedded_files EXCLUDE REGEX "CMakeLists.txt$")
list(SORT embedded_files)
list(TRANSFORM embedded_files PREPEND "${embedded_folder}/" OUTPUT_VARIABLE embedded_paths)
list(JOIN embedded_files "|" embedded_argument)
set(embedded_source "${PROJECT_BINARY_DIR}/embedded_files.cpp")
add_custom_command(
  OUTPUT "${embedded_source}"
  COMMAND "${CMAKE_COMMAND}" "-DROOT=${embedded_folder}" "-DOUTPUT=${embedded_source}"
          "-DFILES=${embedded_argument}" -P "${PROJECT_SOURCE_DIR}/cmake/embed.cmake"
  DEPENDS ${embedded_paths} "${PROJECT_SOURCE_DIR}/cmake/embed.cmake"
  COMMENT "Embedding words and page"
  VERBATIM)
target_sources(glasstls PRIVATE "${embedded_source}")
