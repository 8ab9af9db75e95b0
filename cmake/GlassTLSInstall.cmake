# Installs headers, library, CMake package and pkg-config file. Included by the top level.

include(CMakePackageConfigHelpers)

set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/GlassTLS")
set(header_dir "${CMAKE_INSTALL_INCLUDEDIR}/glasstls")

install(DIRECTORY ${GLASSTLS_FOLDERS} DESTINATION "${header_dir}" FILES_MATCHING PATTERN "*.h")
install(FILES "${PROJECT_BINARY_DIR}/include/glasstls/version.h" DESTINATION "${header_dir}")
install(TARGETS glasstls EXPORT GlassTLSTargets)

install(EXPORT GlassTLSTargets NAMESPACE GlassTLS:: DESTINATION "${package_dir}")
configure_package_config_file(
  cmake/GlassTLSConfig.cmake.in "${PROJECT_BINARY_DIR}/GlassTLSConfig.cmake"
  INSTALL_DESTINATION "${package_dir}")
write_basic_package_version_file(
  "${PROJECT_BINARY_DIR}/GlassTLSConfigVersion.cmake" COMPATIBILITY SameMinorVersion)
install(FILES
  "${PROJECT_BINARY_DIR}/GlassTLSConfig.cmake"
  "${PROJECT_BINARY_DIR}/GlassTLSConfigVersion.cmake"
  cmake/FindCryptoPP.cmake
  DESTINATION "${package_dir}")

# Paths in the .pc file are relative to it, so that an installed tree may be moved.
set(pc_dir "${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig")
file(RELATIVE_PATH pc_prefix "${pc_dir}" "${CMAKE_INSTALL_PREFIX}")
string(REGEX REPLACE "/$" "" pc_prefix "${pc_prefix}")
file(RELATIVE_PATH pc_includedir "${pc_dir}" "${CMAKE_INSTALL_FULL_INCLUDEDIR}")
get_filename_component(pc_cryptopp "${CryptoPP_LIBRARY}" NAME_WE)
string(REGEX REPLACE "^lib" "" pc_cryptopp "${pc_cryptopp}")
# A static library leaves its own needs to those who link to it; a shared one names them itself.
if(BUILD_SHARED_LIBS)
  set(pc_private ".private")
  set(pc_libs_private "\nLibs.private: ")
else()
  set(pc_private "")
  set(pc_libs_private " ")
endif()
configure_file(cmake/glasstls.pc.in "${PROJECT_BINARY_DIR}/glasstls.pc" @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/glasstls.pc" DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
